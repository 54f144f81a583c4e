import { currentVersion, stampAfter } from "../../domain/catalogue/field-version.ts";
import { withOwnEdit } from "../../domain/catalogue/own-edit.ts";
import {
  changedFields,
  fieldOf,
  type ProductChanges,
  valueText,
  withChanges,
} from "../../domain/catalogue/product-edit.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import { assert } from "../../domain/values/assert.ts";
import { failed, ok } from "../../domain/values/result.ts";
import { localTime } from "../../domain/values/time.ts";
import { correctedNow } from "../state/corrected-time.ts";
import { record, type Till } from "../state/till.ts";
import { productEditView } from "../views/product-edit-view.ts";
import { hasTaxCategory } from "./cart.ts";
import { type Command, managerNeeded } from "./command.ts";

/** [C3] Changes fields of a good: here at once, in the whole store after the next sync. */
export const editProduct: Command<"product.edit"> = (till, { sku, changes, versions }) => {
  const problem = managerNeeded(till);
  if (problem !== null) return failed(problem);
  const product = till.ledger.catalogue.bySku(sku);
  if (product === null) return failed({ type: "UnknownProduct", sku });
  if (changes.taxCategory !== undefined && !hasTaxCategory(till, changes.taxCategory)) {
    return failed({ type: "UnknownTaxCategory", taxCategory: changes.taxCategory });
  }
  const taken = codeTaken(till, product, changes);
  if (taken !== null) return failed(taken);
  return ok(productEditView(till, edit(till, product, changes, versions)));
};

/** [C3] A price that begins on a business date, here and everywhere. */
export const schedulePrice: Command<"price.schedule"> = (
  till,
  { sku, priceMinor, effectiveOn },
) => {
  const problem = managerNeeded(till);
  if (problem !== null) return failed(problem);
  const product = till.ledger.catalogue.bySku(sku);
  if (product === null) return failed({ type: "UnknownProduct", sku });
  if (effectiveOn <= businessDateOf(till)) return failed({ type: "DateNotInFuture" });
  const pendingPrice = { effectiveOn, priceMinor };
  return ok(productEditView(till, edit(till, product, { pendingPrice })));
};

export const cancelPrice: Command<"price.cancel"> = (till, { sku }) => {
  const problem = managerNeeded(till);
  if (problem !== null) return failed(problem);
  const product = till.ledger.catalogue.bySku(sku);
  if (product === null) return failed({ type: "UnknownProduct", sku });
  if (product.pendingPrice === undefined) return failed({ type: "NothingScheduled" });
  return ok(productEditView(till, edit(till, product, { pendingPrice: null })));
};

function businessDateOf({ shift, world, store }: Till): string {
  return shift?.businessDate ?? localTime(world.clock.now(), store.timeZone).date;
}

/** Writes the fact and the good; what is as it was is no change. */
function edit(
  till: Till,
  product: Product,
  wanted: ProductChanges,
  seen: { readonly [field: string]: string } = {},
): Product {
  const fields = changedFields(wanted).filter(
    (field) =>
      valueText(fieldOf(product, field)) !==
      valueText(fieldOf(withChanges(product, wanted), field)),
  );
  if (fields.length === 0) return product;
  const changes = Object.fromEntries(fields.map((field) => [field, wanted[field]]));
  const base = Object.fromEntries(
    fields.map((field) => [field, seen[field] ?? currentVersion(product, field)]),
  );
  const stampMs = stampAfter(correctedNow(till), Object.values(base));
  const { fact, position } = record(till, "product.edited", {
    sku: product.sku,
    changes,
    base,
    stampMs,
  });
  assert(fact.type === "product.edited", "an edit is recorded as one");
  const edited = withOwnEdit(product, fact);
  till.ledger.catalogue.upsert(edited);
  till.ledger.ownEdits.add(position, product.sku);
  // After the commit.
  queueMicrotask(() => till.emit({ topic: "changed", message: { what: "catalogue" } }));
  return edited;
}

/** A code leads to one good: two with one code would be rung up as either. */
function codeTaken(till: Till, { sku }: Product, { gtins = [], plu }: ProductChanges) {
  const { catalogue } = till.ledger;
  const codes = [
    ...gtins.map((code) => ({ code, holder: catalogue.byGtin(code) })),
    ...(typeof plu === "string" ? [{ code: plu, holder: catalogue.byPlu(plu) }] : []),
  ];
  for (const { code, holder } of codes) {
    if (holder === null || holder.sku === sku) continue;
    return { type: "CodeTaken" as const, code, sku: holder.sku, name: holder.name };
  }
  return null;
}
