import type { Database } from "better-sqlite3";
import { stampAfter } from "../../../domain/catalogue/field-version.ts";
import type { FieldState } from "../../../domain/catalogue/merge-field.ts";
import {
  type EditedField,
  fieldOf,
  type FieldValue,
  valueText,
  withField,
} from "../../../domain/catalogue/product-edit.ts";
import { productText } from "../../../domain/catalogue/product-text.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import type { NamedEdit } from "./edit-conflicts.ts";
import type { EditPlace } from "./edit-products.ts";
import type { EffectTools } from "./fact-effects.ts";

interface Row {
  readonly filed: string;
  readonly stands: string;
  readonly changed_at_ms: number;
}

/**
 * [C3] A file is the head office's edit of the fields that it changes: what says the same as the file
 * before it leaves a store's edit alone. Rewrites the stage for goods that were edited field by field;
 * the others, and their memory, are not touched.
 */
export function createMergeFile(
  db: Database,
  { fields, edits }: EffectTools,
): (place: EditPlace) => void {
  const edited = db.prepare<[number], Row>(
    `SELECT stage.text AS filed, product.text AS stands, product.changed_at_ms
     FROM (SELECT DISTINCT store_no, sku FROM product_field WHERE store_no = ?) AS field
       JOIN temp.stage USING (sku)
       JOIN product ON product.store_no = field.store_no AND product.sku = field.sku`,
  );
  const restage = db.prepare<[string, string]>("UPDATE temp.stage SET text = ? WHERE sku = ?");

  return (place) => {
    for (const row of edited.all(place.storeNo)) {
      const filed = JSON.parse(row.filed) as Product;
      const stands = JSON.parse(row.stands) as Product;
      const known = fields.of(place.storeNo, filed.sku);
      const changes = [...known].flatMap(([field, state]) =>
        editOf(field, state, fieldOf(filed, field), place.atMs),
      );
      const merged = edits.merge(place, stands, changes, row.changed_at_ms);
      const product = [...known.keys()].reduce(
        (whole, field) => withField(whole, field, fieldOf(merged, field)),
        filed,
      );
      const { versions } = merged;
      const text = productText(versions === undefined ? product : { ...product, versions });
      restage.run(text, filed.sku);
    }
  };
}

function editOf(
  field: EditedField,
  state: FieldState,
  value: FieldValue,
  atMs: number,
): NamedEdit[] {
  // A file has no column for prices that begin later.
  if (field === "pendingPrice" || valueText(value) === valueText(state.rootValue)) return [];
  const isOffices = state.origin === "head-office";
  const stampMs = isOffices ? stampAfter(atMs, [state.version]) : atMs;
  const made = { editId: `file-${atMs}`, origin: "head-office", who: "file", atMs } as const;
  return [{ field, value, base: state.root, stampMs, ...made }];
}
