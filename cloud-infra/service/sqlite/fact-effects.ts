import type { Database } from "better-sqlite3";
import { addedFields, addedProduct, unsaid } from "../../../domain/catalogue/added-product.ts";
import { currentVersion } from "../../../domain/catalogue/field-version.ts";
import type { FieldState } from "../../../domain/catalogue/merge-field.ts";
import {
  changedFields,
  type EditedField,
  fieldOf,
  valueText,
} from "../../../domain/catalogue/product-edit.ts";
import { productText } from "../../../domain/catalogue/product-text.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import { unreachable } from "../../../domain/values/assert.ts";
import type { FactEffect } from "../fact-effect.ts";
import { createAnswer } from "./answer.ts";
import { createEditProducts, type EditPlace, type EditProducts } from "./edit-products.ts";
import type { Exceptions } from "./exceptions.ts";
import { createProductFields, filedState, type ProductFields } from "./product-fields.ts";
import { createRecalledSales } from "./recalled-sales.ts";
import { createReturnedLines } from "./returned-lines.ts";

type Effect<K extends FactEffect["kind"]> = Extract<FactEffect, { readonly kind: K }>;

/** Carries out what facts cause besides their movements, inside the transaction of their batch. */
export type ApplyEffect = (place: EditPlace, effect: FactEffect) => void;

export function createApplyEffect(
  db: Database,
  { fields, edits, exceptions }: EffectTools,
): ApplyEffect {
  const add = createAddProduct(db, fields, edits);
  const resolve = createAnswer({ fields, edits, exceptions });
  const returned = createReturnedLines(db, exceptions);
  const recalled = createRecalledSales(db, exceptions);
  return (place, effect) => {
    switch (effect.kind) {
      case "product-added":
        return add(place, effect);
      case "product-edited":
        return edits.edit(place, effect.edit.sku, editsOf(effect));
      case "exception-resolved":
        return resolve(place, effect);
      case "returned":
        return returned(place, effect);
      case "recalled":
        return recalled(place, effect);
      default:
        return unreachable(effect);
    }
  };
}

export interface EffectTools {
  readonly fields: ProductFields;
  readonly edits: EditProducts;
  readonly exceptions: Exceptions;
}

export function createEffectTools(db: Database, exceptions: Exceptions): EffectTools {
  const fields = createProductFields(db);
  return { fields, exceptions, edits: createEditProducts(db, { fields, exceptions }) };
}

function editsOf({ edit, factId, terminalId, actorId }: Effect<"product-edited">) {
  const { changes, base, stampMs } = edit;
  return changedFields(changes).map((field) => ({
    field,
    value: changes[field] ?? null,
    base: base[field] ?? "",
    ...{ stampMs, editId: factId, origin: "store" as const, who: actorId ?? "" },
    ...{ atMs: stampMs, terminalId },
  }));
}

/** A good that a till made because its code was unknown. The first to say so is believed. */
function createAddProduct(db: Database, fields: ProductFields, edits: EditProducts) {
  const insert = db.prepare(
    "INSERT INTO product (store_no, sku, text, position, changed_at_ms) VALUES (?, ?, ?, ?, ?)",
  );

  function statesOf(added: Product, { terminalId, actorId, atMs }: Effect<"product-added">) {
    return addedFields.map((field): [EditedField, FieldState] => [
      field,
      {
        ...{ value: fieldOf(added, field), version: currentVersion(added, field) },
        ...{ origin: "store", who: actorId ?? "", atMs, terminalId },
        ...{ root: unsaid, rootValue: null },
      },
    ]);
  }

  return (place: EditPlace, effect: Effect<"product-added">): void => {
    const { storeNo, feed, atMs } = place;
    const { factId: id, product: payload } = effect;
    const added = addedProduct({ id, atMs: effect.atMs, payload });
    const { sku } = added;
    const states = statesOf(added, effect);
    const found = edits.stored(storeNo, sku);
    if (found === null) {
      for (const [field, state] of states) fields.put(storeNo, sku, field, state);
      const settled = edits.claims.settle(place, { before: null, wanted: added });
      const position = feed.append({ kind: "product", subject: sku });
      insert.run(storeNo, sku, productText(settled.product), position, atMs);
      edits.claims.tell(place, settled);
      return;
    }
    const { product, changedAtMs } = found;
    const known = fields.of(storeNo, sku);
    for (const [field, other] of states) {
      const kept = known.get(field) ?? filedState(product, field, changedAtMs);
      if (valueText(kept.value) === valueText(other.value)) continue;
      edits.conflicts.raise(place, product, { field, kept, other });
    }
  };
}
