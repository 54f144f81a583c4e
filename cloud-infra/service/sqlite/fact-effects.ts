import type { Database } from "better-sqlite3";
import { addedFields, addedProduct, unsaid } from "../../../domain/catalogue/added-product.ts";
import { currentVersion, stampAfter } from "../../../domain/catalogue/field-version.ts";
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
import { exceptionDetailOf } from "../../../sync/protocol/exceptions.ts";
import type { FactEffect } from "../fact-effect.ts";
import type { StoreException } from "../store-port.ts";
import { createEditProducts, type EditPlace, type EditProducts } from "./edit-products.ts";
import type { Exceptions } from "./exceptions.ts";
import { createProductFields, filedState, type ProductFields } from "./product-fields.ts";
import { createReturnedLines } from "./returned-lines.ts";

type Effect<K extends FactEffect["kind"]> = Extract<FactEffect, { readonly kind: K }>;

/** Carries out what facts cause besides their movements, inside the transaction of their batch. */
export type ApplyEffect = (place: EditPlace, effect: FactEffect) => void;

export function createApplyEffect(
  db: Database,
  { fields, edits, exceptions }: EffectTools,
): ApplyEffect {
  const add = createAddProduct(db, fields, edits);
  const resolve = createResolve(edits, exceptions);
  const returned = createReturnedLines(db, exceptions);
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
      const position = feed.append({ kind: "product", subject: sku });
      insert.run(storeNo, sku, productText(added), position, atMs);
      for (const [field, state] of states) fields.put(storeNo, sku, field, state);
      return;
    }
    const { product, changedAtMs } = found;
    const known = fields.of(storeNo, sku);
    for (const [field, other] of states) {
      const kept = known.get(field) ?? filedState(product, field, changedAtMs);
      if (valueText(kept.value) === valueText(other.value)) continue;
      edits.conflict(place, product, { field, kept, other });
    }
  };
}

/** A person's answer. The first one to an exception counts; another one to a conflict asks anew. */
function createResolve(edits: EditProducts, exceptions: Exceptions) {
  function takeOther(
    place: EditPlace,
    open: StoreException,
    { factId, atMs, terminalId, actorId }: Effect<"exception-resolved">,
  ): void {
    const told = exceptionDetailOf(open.kind, open.detail);
    if (told?.kind !== "edit-conflict") return;
    const { sku, field, kept, other } = told.detail;
    const stampMs = stampAfter(atMs, [kept.version, other.version]);
    const made = { editId: factId, origin: "store", who: actorId ?? "", atMs, terminalId } as const;
    edits.edit(place, sku, [{ field, value: other.value, base: kept.version, stampMs, ...made }]);
  }

  return (place: EditPlace, effect: Effect<"exception-resolved">): void => {
    const { answer, atMs, actorId: by = "" } = effect;
    const { resolution } = answer;
    const open = exceptions.openFor(place.storeNo, answer);
    if (open !== null) {
      exceptions.closeInto(place.feed, open.exceptionId, { by, resolution, atMs });
      if (resolution === "take-other") takeOther(place, open, effect);
      return;
    }
    const closed = exceptions.closedFor(place.storeNo, answer);
    if (closed?.kind !== "edit-conflict" || closed.resolution === resolution) return;
    exceptions.raiseInto(place.feed, {
      ...{ storeId: place.storeId, kind: "edit-conflict", atMs: place.atMs },
      subject: closed.subject,
      detail: closed.detail,
    });
  };
}
