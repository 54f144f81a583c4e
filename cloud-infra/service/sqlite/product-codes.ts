import type { Database } from "better-sqlite3";
import type { ProductCode } from "../../../domain/catalogue/product-code.ts";

const codesOf = (row: string) => `SELECT value AS code FROM json_each(${row}.text, '$.gtins')
  UNION SELECT 'plu:' || (${row}.text ->> '$.plu') WHERE ${row}.text ->> '$.plu' IS NOT NULL`;

/** [C3] Which goods a code leads to. Kept by triggers: whoever writes a good cannot forget it. */
export const productCodeMigration = `
  CREATE TABLE product_code (
    store_no INTEGER NOT NULL REFERENCES store,
    -- Fourteen digits, or "plu:" and the PLU.
    code TEXT NOT NULL,
    sku TEXT NOT NULL,
    PRIMARY KEY (store_no, code, sku)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO product_code SELECT store_no, value, sku FROM product, json_each(text, '$.gtins')
    WHERE true UNION SELECT store_no, 'plu:' || (text ->> '$.plu'), sku FROM product
    WHERE text ->> '$.plu' IS NOT NULL;
  CREATE TRIGGER product_code_of_new AFTER INSERT ON product BEGIN
    INSERT INTO product_code SELECT NEW.store_no, code, NEW.sku FROM (${codesOf("NEW")});
  END;
  CREATE TRIGGER product_code_of_gone AFTER DELETE ON product BEGIN
    DELETE FROM product_code WHERE store_no = OLD.store_no AND sku = OLD.sku
      AND code IN (SELECT code FROM (${codesOf("OLD")}));
  END;
  CREATE TRIGGER product_code_of_changed AFTER UPDATE OF text ON product
    WHEN OLD.text -> '$.gtins' IS NOT NEW.text -> '$.gtins'
      OR OLD.text -> '$.plu' IS NOT NEW.text -> '$.plu'
  BEGIN
    DELETE FROM product_code WHERE store_no = OLD.store_no AND sku = OLD.sku
      AND code IN (SELECT code FROM (${codesOf("OLD")}));
    INSERT INTO product_code SELECT NEW.store_no, code, NEW.sku FROM (${codesOf("NEW")});
  END;
`;

export interface ProductCodes {
  /** The goods that have the code, by SKU; one, but for stores of before this rule. */
  holders(storeNo: number, code: ProductCode): string[];
}

export function createProductCodes(db: Database): ProductCodes {
  const holders = db
    .prepare<[number, string], string>(
      "SELECT sku FROM product_code WHERE store_no = ? AND code = ? ORDER BY sku",
    )
    .pluck();
  return {
    holders: (storeNo, { field, code }) =>
      holders.all(storeNo, field === "plu" ? `plu:${code}` : code),
  };
}
