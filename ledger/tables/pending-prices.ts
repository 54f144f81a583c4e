import type { Database } from "better-sqlite3";
import { beginPrice } from "../../domain/catalogue/pending-price.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { BusinessDate } from "../../domain/values/time.ts";
import { productOf, type ProductRow, selectProduct } from "./catalogue.ts";

/** [C3] Prices that begin later. */
export interface PendingPriceTable {
  /** Makes those that begin on `businessDate` or before it the goods' prices; how many. */
  begin(businessDate: BusinessDate): number;
  /** Goods with a price that begins later, the soonest first. */
  list(limit: number, offset: number): Product[];
}

export function createPendingPriceTable(db: Database): PendingPriceTable {
  const due = db.prepare<[string], ProductRow>(
    `${selectProduct} WHERE p.pending_on IS NOT NULL AND p.pending_on <= ?`,
  );
  const soonest = db.prepare<[number, number], ProductRow>(
    `${selectProduct} WHERE p.pending_on IS NOT NULL ORDER BY p.pending_on, p.sku LIMIT ? OFFSET ?`,
  );
  const setPrice = db.prepare<[number | null, string | null, string]>(
    `UPDATE product SET price_minor = ?, versions = ?, pending_on = NULL, pending_price_minor = NULL
     WHERE sku = ?`,
  );
  return {
    begin(businessDate) {
      const rows = due.all(businessDate);
      for (const row of rows) {
        const { sku, priceMinor, versions } = beginPrice(productOf(row), businessDate);
        setPrice.run(priceMinor, versions === undefined ? null : JSON.stringify(versions), sku);
      }
      return rows.length;
    },
    list: (limit, offset) => soonest.all(limit, offset).map(productOf),
  };
}
