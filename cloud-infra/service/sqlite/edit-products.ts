import type { Database } from "better-sqlite3";
import {
  type FieldEdit,
  type FieldState,
  type LostValue,
  mergeField,
} from "../../../domain/catalogue/merge-field.ts";
import {
  type EditedField,
  editPolicies,
  withField,
} from "../../../domain/catalogue/product-edit.ts";
import { productText } from "../../../domain/catalogue/product-text.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import type { ConflictingValue } from "../../../domain/exceptions/exception-details.ts";
import { editionOf } from "../../../domain/catalogue/field-version.ts";
import type { Exceptions } from "./exceptions.ts";
import type { FeedWriter } from "./feed.ts";
import { filedState, type ProductFields } from "./product-fields.ts";

/** Where edits are made: inside the transaction whose feed is open. */
export interface EditPlace {
  readonly storeId: string;
  readonly storeNo: number;
  readonly feed: FeedWriter;
  readonly atMs: number;
}

export interface NamedEdit extends FieldEdit {
  readonly field: EditedField;
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
  conflict(place: EditPlace, product: Product, sides: Sides): void;
  /** The good as it stands, with when a file last changed it. */
  stored(storeNo: number, sku: string): { product: Product; changedAtMs: number } | null;
  write(place: EditPlace, product: Product): void;
}

export interface Sides {
  readonly field: EditedField;
  readonly kept: LostValue;
  readonly other: LostValue;
}

export function createEditProducts(
  db: Database,
  { fields, exceptions }: { readonly fields: ProductFields; readonly exceptions: Exceptions },
): EditProducts {
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

  function stored(storeNo: number, sku: string) {
    const row = select.get(storeNo, sku);
    if (row === undefined) return null;
    return { product: JSON.parse(row.text) as Product, changedAtMs: row.changed_at_ms };
  }

  /** A till that lost learns of it by the good itself, so its place in the feed is always a new one. */
  function write({ storeNo, feed }: EditPlace, product: Product): void {
    const old = position.get(storeNo, product.sku);
    if (old !== undefined) feed.forget(old);
    const place = feed.append({ kind: "product", subject: product.sku });
    update.run(productText(product), place, storeNo, product.sku);
  }

  function conflict({ storeId, feed, atMs }: EditPlace, product: Product, sides: Sides): void {
    const { field, kept, other } = sides;
    const { sku, name } = product;
    const policy = editPolicies[field];
    const editId = editionOf(other.version)?.editId ?? other.version;
    exceptions.raiseInto(feed, {
      ...{ storeId, kind: "edit-conflict", atMs },
      subject: `${sku}/${field}/${editId}`,
      detail: JSON.stringify({
        sku,
        name,
        field,
        policy,
        kept: sideOf(kept),
        other: sideOf(other),
      }),
    });
  }

  function merge(
    place: EditPlace,
    product: Product,
    edits: readonly NamedEdit[],
    changedAtMs: number,
  ): Product {
    const known = fields.of(place.storeNo, product.sku);
    return edits.reduce((merged, { field, ...edit }) => {
      const before = known.get(field) ?? filedState(product, field, changedAtMs);
      const { state, lost } = mergeField(before, edit, editPolicies[field]);
      if (state !== before) fields.put(place.storeNo, product.sku, field, state);
      known.set(field, state);
      if (lost !== null) conflict(place, product, { field, kept: state, other: lost });
      return withState(merged, field, state);
    }, product);
  }

  return {
    stored,
    write,
    conflict,
    merge,
    edit(place, sku, edits) {
      const found = stored(place.storeNo, sku);
      if (found === null) return tellOfRemoved(place, sku, edits);
      write(place, merge(place, found.product, edits, found.changedAtMs));
    },
  };

  /** The good was taken out meanwhile: its edit has nowhere to go, and is told. */
  function tellOfRemoved(place: EditPlace, sku: string, edits: readonly NamedEdit[]): void {
    const product = { sku, name: sku, gtins: [], priceMinor: null } as const;
    for (const { field, ...edit } of edits) {
      const gone = filedState({ ...product, unit: "each", taxCategory: "" }, field, 0);
      const kept = { ...gone, value: null, who: "removed" };
      const other = { ...edit, version: `${edit.stampMs}.${edit.editId}.${edit.base}` };
      conflict(place, { ...product, unit: "each", taxCategory: "" }, { field, kept, other });
    }
  }
}

/** The good with one field's value and version; what was never edited by itself needs no version. */
function withState(product: Product, field: EditedField, state: FieldState): Product {
  const changed = withField(product, field, state.value);
  if (editionOf(state.version) === null) return changed;
  return { ...changed, versions: { ...product.versions, [field]: state.version } };
}

function sideOf({ value, version, origin, who, atMs, terminalId }: LostValue): ConflictingValue {
  return { value, version, origin, who, atMs, ...(terminalId === undefined ? {} : { terminalId }) };
}
