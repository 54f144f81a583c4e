import type { Database } from "better-sqlite3";
import { beginPrice, takeBackPrice } from "../../domain/catalogue/pending-price.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { BusinessDate } from "../../domain/values/time.ts";
import { storedJson } from "../stored-json.ts";
import { type CatalogueTable, productOf, type ProductRow, selectProduct } from "./catalogue.ts";

/** [C3] Prices that begin later. */
export interface PendingPriceTable {
  /**
   * Makes the goods' prices those of `businessDate`: what begins on it or before it begins, and what
   * had begun for a later one is put back.
   */
  begin(businessDate: BusinessDate): void;
  /** A price began as the good was taken in: how the cloud told of it. */
  keepBefore(before: Product): void;
  /** The cloud says by itself what the price is. */
  forgetBefore(sku: string): void;
  /** Nothing began here that the cloud has not said. */
  noneBegun(): boolean;
  /** Goods with a price that begins later, the soonest first. */
  list(limit: number, offset: number): Product[];
}

export function createPendingPriceTable(
  db: Database,
  catalogue: CatalogueTable,
): PendingPriceTable {
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
  const keep = db.prepare<[string, string]>("INSERT OR REPLACE INTO begun_price VALUES (?, ?)");
  const forget = db.prepare<[string]>("DELETE FROM begun_price WHERE sku = ?");
  const kept = db.prepare<[], string>("SELECT before FROM begun_price ORDER BY sku").pluck();
  const any = db.prepare<[], 1>("SELECT 1 FROM begun_price LIMIT 1").pluck();

  function takeBack(businessDate: BusinessDate): void {
    for (const text of kept.all()) {
      const before = storedJson(text) as Product;
      if ((before.pendingPrice?.effectiveOn ?? "") <= businessDate) continue;
      forget.run(before.sku);
      const product = catalogue.bySku(before.sku);
      if (product !== null) catalogue.upsert(takeBackPrice(product, before));
    }
  }

  return {
    begin(businessDate) {
      takeBack(businessDate);
      for (const row of due.all(businessDate)) {
        const before = productOf(row);
        const { sku, priceMinor, versions } = beginPrice(before, businessDate);
        keep.run(sku, JSON.stringify(before));
        setPrice.run(priceMinor, versions === undefined ? null : JSON.stringify(versions), sku);
      }
    },
    keepBefore: (before) => void keep.run(before.sku, JSON.stringify(before)),
    forgetBefore: (sku) => void forget.run(sku),
    noneBegun: () => any.get() === undefined,
    list: (limit, offset) => soonest.all(limit, offset).map(productOf),
  };
}
