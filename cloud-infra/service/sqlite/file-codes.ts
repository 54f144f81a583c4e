import type { Database } from "better-sqlite3";
import { hasCode, type ProductCode } from "../../../domain/catalogue/product-code.ts";
import { productText } from "../../../domain/catalogue/product-text.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import type { SettledClaim } from "./code-claims.ts";
import type { EditPlace, EditProducts } from "./edit-products.ts";

interface Row {
  readonly filed: string;
  readonly before: string | null;
}

/**
 * [C3] A file that gives a code to one good while another, which it leaves as it is, has it: what stands
 * stays and a person is asked. A file may move a code between goods that it names both. Rewrites the
 * stage; tells when the goods are written.
 */
export function createFileCodes(db: Database, { claims }: EditProducts) {
  const any = db
    .prepare<[number], 1>("SELECT 1 FROM product_code WHERE store_no = ? LIMIT 1")
    .pluck();
  // Goods of the file that are new or other than they were, and a code of which another good has.
  const claimed = db.prepare<{ storeNo: number }, Row>(
    `SELECT filed, before FROM (
       SELECT stage.sku, stage.text AS filed, product.text AS before FROM temp.stage
         LEFT JOIN product ON product.store_no = @storeNo AND product.sku = stage.sku
       WHERE product.text IS NOT stage.text) AS fresh
     WHERE EXISTS (
         SELECT 1 FROM json_each(filed, '$.gtins') AS own CROSS JOIN product_code AS held
         WHERE held.store_no = @storeNo AND held.code = own.value AND held.sku <> fresh.sku)
       OR EXISTS (
         SELECT 1 FROM product_code AS held
         WHERE held.store_no = @storeNo AND held.code = 'plu:' || (filed ->> '$.plu')
           AND held.sku <> fresh.sku)
     ORDER BY sku`,
  );
  const staged = db.prepare<[string], string>("SELECT text FROM temp.stage WHERE sku = ?").pluck();
  const restage = db.prepare<[string, string]>("UPDATE temp.stage SET text = ? WHERE sku = ?");

  function isHeld(code: ProductCode, sku: string): boolean {
    const text = staged.get(sku);
    return text === undefined || hasCode(JSON.parse(text) as Product, code);
  }

  return {
    settle(place: EditPlace): readonly SettledClaim[] {
      const { storeNo } = place;
      if (any.get(storeNo) === undefined) return [];
      return claimed.all({ storeNo }).map((row) => {
        const before = row.before === null ? null : (JSON.parse(row.before) as Product);
        const wanted = JSON.parse(row.filed) as Product;
        const settled = claims.settle(place, { before, wanted, isHeld });
        restage.run(productText(settled.product), wanted.sku);
        return settled;
      });
    },
    tell(place: EditPlace, settled: readonly SettledClaim[]): void {
      for (const each of settled) claims.tell(place, each);
      claims.review(place);
    },
  };
}
