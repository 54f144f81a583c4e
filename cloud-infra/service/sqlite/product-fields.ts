import type { Database } from "better-sqlite3";
import { unedited } from "../../../domain/catalogue/field-version.ts";
import type { FieldState } from "../../../domain/catalogue/merge-field.ts";
import {
  type EditedField,
  fieldOf,
  type FieldValue,
  isEditedField,
  valueText,
} from "../../../domain/catalogue/product-edit.ts";
import type { Product } from "../../../domain/catalogue/product.ts";

/** [C3] What the store keeps of a good's fields that were edited one by one. */
export interface ProductFields {
  of(storeNo: number, sku: string): Map<EditedField, FieldState>;
  put(storeNo: number, sku: string, field: EditedField, state: FieldState): void;
  /** Goods whose pending price begins on the date or before it. */
  due(storeNo: number, businessDate: string): string[];
}

interface Row {
  readonly field: string;
  readonly value: string;
  readonly version: string;
  readonly origin: FieldState["origin"];
  readonly who: string;
  readonly at_ms: number;
  readonly terminal_id: string | null;
  readonly root: string;
  readonly root_value: string;
}

export function createProductFields(db: Database): ProductFields {
  const of = db.prepare<[number, string], Row>(
    "SELECT * FROM product_field WHERE store_no = ? AND sku = ?",
  );
  const put = db.prepare<Record<string, string | number | null>>(
    `INSERT INTO product_field VALUES (@storeNo, @sku, @field, @value, @version, @origin, @who, @atMs,
       @terminalId, @root, @rootValue)
     ON CONFLICT (store_no, sku, field) DO UPDATE SET value = excluded.value,
       version = excluded.version, origin = excluded.origin, who = excluded.who,
       at_ms = excluded.at_ms, terminal_id = excluded.terminal_id, root = excluded.root,
       root_value = excluded.root_value`,
  );
  const due = db
    .prepare<[number, string], string>(
      `SELECT sku FROM product_field INDEXED BY product_field_due
       WHERE store_no = ? AND field = 'pendingPrice' AND value <> 'null'
         AND json_extract(value, '$.effectiveOn') <= ? ORDER BY sku`,
    )
    .pluck();
  return {
    of: (storeNo, sku) =>
      new Map(
        of
          .all(storeNo, sku)
          .flatMap((row) => (isEditedField(row.field) ? [[row.field, stateOf(row)] as const] : [])),
      ),
    put: (storeNo, sku, field, { value, terminalId, rootValue, ...state }) =>
      void put.run({
        ...{ storeNo, sku, field, ...state },
        value: valueText(value),
        rootValue: valueText(rootValue),
        terminalId: terminalId ?? null,
      }),
    due: (storeNo, businessDate) => due.all(storeNo, businessDate),
  };
}

function stateOf(row: Row): FieldState {
  const { version, origin, who, root } = row;
  return {
    ...{ version, origin, who, root },
    atMs: row.at_ms,
    value: JSON.parse(row.value) as FieldValue,
    rootValue: JSON.parse(row.root_value) as FieldValue,
    ...(row.terminal_id === null ? {} : { terminalId: row.terminal_id }),
  };
}

/** A field that nobody edited by itself: the head office's, as its file says. */
export function filedState(product: Product, field: EditedField, changedAtMs: number): FieldState {
  const value = fieldOf(product, field);
  const version = unedited(value);
  return {
    ...{ value, version, origin: "head-office", who: "file", atMs: changedAtMs },
    ...{ root: version, rootValue: value },
  };
}
