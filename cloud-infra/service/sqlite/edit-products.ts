import type { Database } from "better-sqlite3";
import { editionOf, rootOf, versionOf } from "../../../domain/catalogue/field-version.ts";
import {
  type FieldEdit,
  type FieldState,
  mergeField,
} from "../../../domain/catalogue/merge-field.ts";
import {
  type EditedField,
  editPolicies,
  isPendingPrice,
  withField,
} from "../../../domain/catalogue/product-edit.ts";
import { productText } from "../../../domain/catalogue/product-text.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import { type CodeClaims, createCodeClaims, type StoredProduct } from "./code-claims.ts";
import {
  createEditConflicts,
  type EditConflicts,
  type NamedEdit,
  type Sides,
} from "./edit-conflicts.ts";
import type { Exceptions } from "./exceptions.ts";
import type { FeedWriter } from "./feed.ts";
import { createPendingPrices, type PendingPrices } from "./pending-prices.ts";
import { createProductCodes, type ProductCodes } from "./product-codes.ts";
import { filedState, type ProductFields } from "./product-fields.ts";

/** Where edits are made: inside the transaction whose feed is open. */
export interface EditPlace {
  readonly storeId: string;
  readonly storeNo: number;
  readonly feed: FeedWriter;
  readonly atMs: number;
}

/** [C3] Merges edits into a good, field by field, and tells people of every value that lost. */
export interface EditProducts {
  edit(place: EditPlace, sku: string, edits: readonly NamedEdit[]): void;
  /** Merges without writing the good: for a file that is taken over in one go. */
  merge(
    place: EditPlace,
    product: Product,
    edits: readonly NamedEdit[],
    changedAtMs: number,
  ): Product;
  /** The good as it stands, with when a file last changed it. */
  readonly stored: (storeNo: number, sku: string) => StoredProduct | null;
  readonly write: (place: EditPlace, product: Product) => void;
  readonly conflicts: EditConflicts;
  readonly pending: PendingPrices;
  readonly claims: CodeClaims;
  readonly codes: ProductCodes;
}

export function createEditProducts(
  db: Database,
  { fields, exceptions }: { readonly fields: ProductFields; readonly exceptions: Exceptions },
): EditProducts {
  const { stored, write } = createStoredProducts(db);
  const conflicts = createEditConflicts(exceptions);
  const pending = createPendingPrices(db, { fields, conflicts });
  const codes = createProductCodes(db);
  const claims = createCodeClaims({ fields, codes, exceptions, stored, write });

  function merge(
    place: EditPlace,
    product: Product,
    edits: readonly NamedEdit[],
    changedAtMs: number,
  ): Product {
    const { sku } = product;
    const known = fields.of(place.storeNo, sku);
    return edits.reduce((merged, { field, ...edit }) => {
      const before = known.get(field) ?? filedState(product, field, changedAtMs);
      const { state, lost } = mergeField(before, edit, editPolicies[field]);
      if (state !== before) fields.put(place.storeNo, sku, field, state);
      if (state.version !== before.version) conflicts.stands(place, sku, field, state);
      known.set(field, state);
      if (lost !== null) conflicts.raise(place, product, { field, kept: state, other: lost });
      const late = field === "pendingPrice" ? tooLate(edit, before, known.get("priceMinor")) : null;
      if (late !== null) conflicts.raise(place, product, late);
      return withState(merged, field, state);
    }, product);
  }

  return {
    ...{ stored, write, merge, conflicts, pending, claims, codes },
    edit(place, sku, edits) {
      const found = stored(place.storeNo, sku);
      if (found === null) return conflicts.tellOfRemoved(place, sku, edits);
      const seen = pending.asSeen(place, found.product, edits);
      const wanted = merge(place, seen, edits, found.changedAtMs);
      const settled = claims.settle(place, { before: found.product, wanted });
      write(place, settled.product);
      claims.tell(place, settled);
    },
  };
}

/**
 * [C3] An edit that takes back or moves a planned price which has begun meanwhile: the price stands, and
 * a person is asked whether the one before it is to count. `before`: what began, see `PendingPrices`.
 */
function tooLate(
  edit: FieldEdit,
  { rootValue: before }: FieldState,
  price: FieldState | undefined,
): Sides | null {
  if (price === undefined || price.version !== edit.base) return null;
  const began = isPendingPrice(before) ? before : null;
  if (isPendingPrice(edit.value) && edit.value.effectiveOn <= (began?.effectiveOn ?? "9"))
    return null;
  const { stampMs, editId, base } = edit;
  const version = versionOf({ stampMs, editId, root: rootOf(base) });
  const other = { ...edit, value: began?.priceMinor ?? null, version };
  return { field: "priceMinor", kept: price, other };
}

function createStoredProducts(db: Database): Pick<EditProducts, "stored" | "write"> {
  const select = db.prepare<[number, string], { text: string; changed_at_ms: number }>(
    "SELECT text, changed_at_ms FROM product WHERE store_no = ? AND sku = ?",
  );
  const position = db
    .prepare<[number, string], number>(
      "SELECT position FROM product WHERE store_no = ? AND sku = ?",
    )
    .pluck();
  const update = db.prepare<[string, number, number, string]>(
    "UPDATE product SET text = ?, position = ? WHERE store_no = ? AND sku = ?",
  );
  return {
    stored(storeNo, sku) {
      const row = select.get(storeNo, sku);
      if (row === undefined) return null;
      return { product: JSON.parse(row.text) as Product, changedAtMs: row.changed_at_ms };
    },
    /** A till that lost learns of it by the good itself, so its place in the feed is always a new one. */
    write({ storeNo, feed }, product) {
      const old = position.get(storeNo, product.sku);
      if (old !== undefined) feed.forget(old);
      const place = feed.append({ kind: "product", subject: product.sku });
      update.run(productText(product), place, storeNo, product.sku);
    },
  };
}

/** The good with one field's value and version; what was never edited by itself needs no version. */
function withState(product: Product, field: EditedField, state: FieldState): Product {
  const changed = withField(product, field, state.value);
  if (editionOf(state.version) === null) return changed;
  return { ...changed, versions: { ...product.versions, [field]: state.version } };
}
