import type { Database } from "better-sqlite3";
import type { Product } from "../../domain/catalogue/product.ts";
import { productText } from "../../domain/catalogue/product-text.ts";
import { foldForSearch } from "../../domain/catalogue/fold.ts";
import { assertInteger, present } from "../../domain/values/assert.ts";
import { type CatalogueTable, pluKey } from "./catalogue.ts";

/** [D2] Goods in bulk: a page of a snapshot replaces what this ledger has between two SKUs. */
export interface CatalogueRange {
  /**
   * Makes `products` all the goods in `(after, upTo]`; null: from the beginning, to the end. Goods
   * that are not among them go, unless `isKept`. New ones are found by code at once, and by name when
   * `indexSome` has come to them.
   */
  replace(range: SkuRange, products: readonly Product[], isKept: (sku: string) => boolean): void;
  /** Makes up to `most` goods findable by name; how many, 0 when all are. */
  indexSome(most: number): number;
  /** Some goods may not be findable by name yet. */
  lags(): boolean;
}

export interface SkuRange {
  readonly after: string | null;
  readonly upTo: string | null;
}

/** Sorts behind every SKU: no UTF-8 text begins with this byte. */
const lastKey = Buffer.from([0xff]);

export function createCatalogueRange(db: Database, catalogue: CatalogueTable): CatalogueRange {
  const insertNew = createInsertNew(db);
  const index = createIndexSome(db);
  const between = db
    .prepare<[string, string | Buffer], string>(
      "SELECT sku FROM product WHERE sku > ? AND sku <= ? ORDER BY sku",
    )
    .pluck();

  return {
    replace({ after, upTo }, products, isKept) {
      const held = new Set(between.all(after ?? "", upTo ?? lastKey));
      let firstNew: number | null = null;
      for (const product of products) {
        if (!held.delete(product.sku)) {
          const productId = insertNew(product);
          firstNew = Math.min(firstNew ?? productId, productId);
          continue;
        }
        const before = present(catalogue.bySku(product.sku), "a good that is held");
        if (productText(before) !== productText(product)) catalogue.upsert(product);
      }
      for (const sku of held) if (!isKept(sku)) catalogue.remove(sku);
      if (firstNew !== null) index.lagsAfter(firstNew - 1);
    },
    indexSome: (most) => index.some(most),
    lags: () => index.lags(),
  };
}

type Cell = string | number | null;

/** A good that is not there yet, without its search entries. */
function createInsertNew(db: Database): (product: Product) => number {
  const insert = db.prepare<Cell[]>(
    `INSERT INTO product (sku, name, brand, category, favourite, plu, price_minor, unit, tax_category,
       pending_on, pending_price_minor, versions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertCode = db.prepare<[string, number]>(
    "INSERT OR IGNORE INTO product_code VALUES (?, ?)",
  );
  return (product) => {
    const { priceMinor, pendingPrice, versions } = product;
    const { lastInsertRowid } = insert.run(
      product.sku,
      product.name,
      product.brand ?? null,
      product.category ?? null,
      product.favourite ?? null,
      product.plu ?? null,
      priceMinor === null ? null : assertInteger(priceMinor, "priceMinor"),
      product.unit,
      product.taxCategory,
      pendingPrice?.effectiveOn ?? null,
      pendingPrice?.priceMinor ?? null,
      versions === undefined ? null : JSON.stringify(versions),
    );
    const productId = Number(lastInsertRowid);
    for (const gtin of product.gtins) insertCode.run(gtin, productId);
    if (product.plu !== undefined) insertCode.run(pluKey(product.plu), productId);
    return productId;
  };
}

interface Unindexed {
  readonly id: number;
  readonly name: string;
}

/** In the order of the goods' numbers, which is how the index likes it best. */
function createIndexSome(db: Database) {
  const lag = db.prepare<[], number>("SELECT product_id FROM search_lag").pluck();
  const setLag = db.prepare<[number]>("INSERT OR REPLACE INTO search_lag VALUES (1, ?)");
  const endLag = db.prepare("DELETE FROM search_lag");
  const unindexed = db.prepare<[number, number], Unindexed>(
    `SELECT product_id AS id, name || ' ' || coalesce(brand, '') AS name FROM product
     WHERE product_id > ? AND NOT EXISTS (
       SELECT 1 FROM product_trigram_docsize WHERE product_trigram_docsize.id = product_id)
     ORDER BY product_id LIMIT ?`,
  );
  const trigram = db.prepare<[number, string]>(
    "INSERT INTO product_trigram (rowid, text) VALUES (?, ?)",
  );
  const word = db.prepare<[number, string]>("INSERT INTO product_word (rowid, text) VALUES (?, ?)");
  return {
    lags: () => lag.get() !== undefined,
    lagsAfter(productId: number): void {
      setLag.run(Math.min(lag.get() ?? productId, productId));
    },
    some(most: number): number {
      const after = lag.get();
      if (after === undefined) return 0;
      const rows = unindexed.all(after, most);
      for (const { id, name } of rows) {
        const text = foldForSearch(name);
        trigram.run(id, text);
        word.run(id, text);
      }
      const last = rows.at(-1);
      if (last === undefined) endLag.run();
      else setLag.run(last.id);
      return rows.length;
    },
  };
}
