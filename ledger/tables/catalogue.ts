import type { Database } from "better-sqlite3";
import { foldForSearch } from "../../domain/catalogue/fold.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import { assertInteger } from "../../domain/values/assert.ts";
import { storedJson } from "../stored-json.ts";

export interface CatalogueTable {
  upsert(product: Product): void;
  remove(sku: string): void;
  bySku(sku: string): Product | null;
  /** 14 digits. Of two goods that claim one, which lasts until the cloud has judged, one. */
  byGtin(gtin14: string): Product | null;
  byPlu(plu: string): Product | null;
  groups(): { group: string; count: number }[];
  inGroup(group: string): Product[];
  count(): number;
  /** See `ledger/search/search-catalogue.ts`. */
  byIds(productIds: readonly number[]): Product[];
}

/** As SQLite holds a good, with its codes. */
export interface ProductRow {
  product_id: number;
  sku: string;
  name: string;
  brand: string | null;
  category: string | null;
  favourite: string | null;
  plu: string | null;
  price_minor: number | null;
  unit: "each" | "kg";
  tax_category: string;
  pending_on: string | null;
  pending_price_minor: number | null;
  versions: string | null;
  gtins: string | null;
}

/** Prefixes the key of a PLU, so that it never collides with a GTIN's fourteen digits. */
export const pluKey = (plu: string) => `plu:${plu}`;

export const selectProduct = `SELECT p.*, (SELECT group_concat(code) FROM product_code c
  WHERE c.product_id = p.product_id AND c.code NOT LIKE 'plu:%') AS gtins FROM product p`;

export function createCatalogueTable(db: Database): CatalogueTable {
  const idOf = db.prepare<[string], { product_id: number }>(
    "SELECT product_id FROM product WHERE sku = ?",
  );
  const upsertRow = db.prepare<[Omit<ProductRow, "product_id" | "gtins">], { product_id: number }>(
    `INSERT INTO product (sku, name, brand, category, favourite, plu, price_minor, unit, tax_category,
       pending_on, pending_price_minor, versions)
     VALUES (@sku, @name, @brand, @category, @favourite, @plu, @price_minor, @unit, @tax_category,
       @pending_on, @pending_price_minor, @versions)
     ON CONFLICT (sku) DO UPDATE SET name = excluded.name, brand = excluded.brand,
       category = excluded.category, favourite = excluded.favourite, plu = excluded.plu,
       price_minor = excluded.price_minor, unit = excluded.unit, tax_category = excluded.tax_category,
       pending_on = excluded.pending_on, pending_price_minor = excluded.pending_price_minor,
       versions = excluded.versions
     RETURNING product_id`,
  );
  const deleteRow = db.prepare<[number]>("DELETE FROM product WHERE product_id = ?");
  const deleteCodes = db.prepare<[number]>("DELETE FROM product_code WHERE product_id = ?");
  const insertCode = db.prepare<[string, number]>(
    "INSERT OR IGNORE INTO product_code VALUES (?, ?)",
  );
  const deleteTrigram = db.prepare<[number]>("DELETE FROM product_trigram WHERE rowid = ?");
  const deleteWord = db.prepare<[number]>("DELETE FROM product_word WHERE rowid = ?");
  const insertTrigram = db.prepare<[number, string]>(
    "INSERT INTO product_trigram (rowid, text) VALUES (?, ?)",
  );
  const insertWord = db.prepare<[number, string]>(
    "INSERT INTO product_word (rowid, text) VALUES (?, ?)",
  );
  const selectBySku = db.prepare<[string], ProductRow>(`${selectProduct} WHERE p.sku = ?`);
  const selectById = db.prepare<[number], ProductRow>(`${selectProduct} WHERE p.product_id = ?`);
  const selectByCode = db.prepare<[string], ProductRow>(
    `${selectProduct} WHERE p.product_id IN (SELECT product_id FROM product_code WHERE code = ?)
     ORDER BY p.sku LIMIT 1`,
  );
  const selectGroups = db.prepare<[], { group: string; count: number }>(
    `SELECT favourite AS "group", count(*) AS count FROM product
     WHERE favourite IS NOT NULL GROUP BY favourite ORDER BY favourite`,
  );
  const selectGroup = db.prepare<[string], ProductRow>(
    `${selectProduct} WHERE p.favourite = ? ORDER BY p.name, p.sku`,
  );
  const countAll = db.prepare<[], { n: number }>("SELECT count(*) AS n FROM product");

  const one = (row: ProductRow | undefined) => (row === undefined ? null : productOf(row));

  return {
    upsert(product) {
      const before = idOf.get(product.sku)?.product_id;
      if (before !== undefined) {
        deleteTrigram.run(before);
        deleteWord.run(before);
        deleteCodes.run(before);
      }
      const productId = upsertRow.get({
        sku: product.sku,
        name: product.name,
        brand: product.brand ?? null,
        category: product.category ?? null,
        favourite: product.favourite ?? null,
        plu: product.plu ?? null,
        price_minor:
          product.priceMinor === null ? null : assertInteger(product.priceMinor, "priceMinor"),
        unit: product.unit,
        tax_category: product.taxCategory,
        pending_on: product.pendingPrice?.effectiveOn ?? null,
        pending_price_minor: product.pendingPrice?.priceMinor ?? null,
        versions: product.versions === undefined ? null : JSON.stringify(product.versions),
      })?.product_id;
      const id = assertInteger(productId ?? Number.NaN, "product_id");
      for (const gtin of product.gtins) insertCode.run(gtin, id);
      if (product.plu !== undefined) insertCode.run(pluKey(product.plu), id);
      const text = foldForSearch(`${product.name} ${product.brand ?? ""}`);
      insertTrigram.run(id, text);
      insertWord.run(id, text);
    },
    remove(sku) {
      const id = idOf.get(sku)?.product_id;
      if (id === undefined) return;
      deleteTrigram.run(id);
      deleteWord.run(id);
      deleteCodes.run(id);
      deleteRow.run(id);
    },
    bySku: (sku) => one(selectBySku.get(sku)),
    byGtin: (gtin14) => one(selectByCode.get(gtin14)),
    byPlu: (plu) => one(selectByCode.get(pluKey(plu))),
    groups: () => selectGroups.all(),
    inGroup: (group) => selectGroup.all(group).map(productOf),
    count: () => countAll.get()?.n ?? 0,
    byIds: (productIds) =>
      productIds.flatMap((id) => {
        const row = selectById.get(id);
        return row === undefined ? [] : [productOf(row)];
      }),
  };
}

export function productOf(row: ProductRow): Product {
  return {
    sku: row.sku,
    name: row.name,
    ...(row.brand === null ? {} : { brand: row.brand }),
    ...(row.category === null ? {} : { category: row.category }),
    ...(row.favourite === null ? {} : { favourite: row.favourite }),
    gtins: row.gtins === null ? [] : row.gtins.split(","),
    ...(row.plu === null ? {} : { plu: row.plu }),
    priceMinor: row.price_minor === null ? null : assertInteger(row.price_minor, "price_minor"),
    unit: row.unit,
    taxCategory: row.tax_category,
    ...(row.pending_on === null || row.pending_price_minor === null
      ? {}
      : { pendingPrice: { effectiveOn: row.pending_on, priceMinor: row.pending_price_minor } }),
    ...(row.versions === null
      ? {}
      : { versions: storedJson(row.versions) as NonNullable<Product["versions"]> }),
  };
}
