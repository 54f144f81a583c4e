import type { Database } from "better-sqlite3";
import { unedited } from "../../../domain/catalogue/field-version.ts";
import type { FieldState } from "../../../domain/catalogue/merge-field.ts";
import { beginPrice } from "../../../domain/catalogue/pending-price.ts";
import { isPendingPrice } from "../../../domain/catalogue/product-edit.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import { localTime } from "../../../domain/values/time.ts";
import type { EditConflicts, NamedEdit } from "./edit-conflicts.ts";
import type { EditPlace } from "./edit-products.ts";
import { filedState, type ProductFields } from "./product-fields.ts";

/** [C3] Prices that begin on a business date. */
export interface PendingPrices {
  /**
   * The good with its pending price begun; it is not written. The price's version is the pending one's,
   * as on the tills: whoever edits it next names it.
   */
  begin(place: EditPlace, stored: Product): Product;
  /** As whoever makes these edits saw the good: a till may have begun on its day what the cloud has not. */
  asSeen(place: EditPlace, stored: Product, edits: readonly NamedEdit[]): Product;
  /** Of a good that is there no more. */
  forget(place: EditPlace, sku: string): void;
}

export function createPendingPrices(
  db: Database,
  { fields, conflicts }: { readonly fields: ProductFields; readonly conflicts: EditConflicts },
): PendingPrices {
  const timeZone = db
    .prepare<[number], string>("SELECT settings ->> '$.timeZone' FROM store WHERE store_no = ?")
    .pluck();

  function begin(place: EditPlace, stored: Product): Product {
    const { storeNo, atMs } = place;
    const { sku, priceMinor: before } = stored;
    const known = fields.of(storeNo, sku);
    const pending = known.get("pendingPrice");
    if (pending === undefined || !isPendingPrice(pending.value)) return stored;
    const { effectiveOn } = pending.value;
    const product = beginPrice(stored, effectiveOn);
    // What a person is asked about who takes it back too late: since when, and the price before.
    const rootValue = before === null ? null : { effectiveOn, priceMinor: before };
    fields.put(storeNo, sku, "pendingPrice", { ...filedNothing, atMs, rootValue });
    const price = known.get("priceMinor") ?? filedState(stored, "priceMinor", 0);
    const state = { ...pending, value: product.priceMinor, rootValue: price.rootValue };
    fields.put(storeNo, sku, "priceMinor", state);
    conflicts.stands(place, sku, "priceMinor", state);
    return product;
  }

  return {
    begin,
    asSeen(place, stored, edits) {
      const { pendingPrice, versions } = stored;
      const knowsIt = ({ field, base }: NamedEdit) =>
        field === "priceMinor" && base === versions?.["pendingPrice"];
      if (pendingPrice === undefined || !edits.some(knowsIt)) return stored;
      // By a till's clock that is ahead nothing begins in the whole store.
      const today = localTime(place.atMs, timeZone.get(place.storeNo) ?? "UTC").date;
      return pendingPrice.effectiveOn <= today ? begin(place, stored) : stored;
    },
    forget: ({ storeNo, atMs }, sku) =>
      fields.put(storeNo, sku, "pendingPrice", { ...filedNothing, atMs }),
  };
}

const filedNothing: Omit<FieldState, "atMs"> = {
  ...{ value: null, version: unedited(null), origin: "head-office", who: "file" },
  ...{ root: unedited(null), rootValue: null },
};
