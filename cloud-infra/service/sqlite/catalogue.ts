import type { Database } from "better-sqlite3";
import { productText } from "../../../domain/catalogue/product-text.ts";
import type {
  CatalogueImport,
  CatalogueItem,
  ImportedCatalogue,
  StorePort,
} from "../store-port.ts";
import type { OpenFeed } from "./feed.ts";
import { type CatalogueTools, createTakeOver } from "./take-over.ts";

type Catalogue = Pick<StorePort, "importCatalogue" | "removeProduct">;

/** Items gathered before they go to the stage: small enough not to keep a till waiting. */
const chunkSize = 1_000;

/**
 * [D4] Items are first gathered in a temporary table, which no crash survives, and then taken over
 * in one transaction. So pushes go on while a long file is read, and a file that breaks off changes
 * nothing.
 */
export function createCatalogue(db: Database, tools: CatalogueTools): Catalogue {
  const { numbers, openFeed } = tools;
  const stage = createStage(db);
  const takeOver = createTakeOver(db, tools);
  const remove = createRemove(db, openFeed);
  let lastImport: Promise<unknown> = Promise.resolve();

  async function importOne(catalogue: CatalogueImport): Promise<ImportedCatalogue> {
    stage.clear();
    let read = 0;
    let chunk: CatalogueItem[] = [];
    for await (const item of catalogue.items) {
      chunk.push(item);
      if (chunk.length < chunkSize) continue;
      stage.add(chunk, read);
      read += chunk.length;
      chunk = [];
      catalogue.onProgress?.(read);
    }
    stage.add(chunk, read);
    read += chunk.length;
    const counts = takeOver(catalogue.storeId, catalogue.atMs);
    stage.clear();
    catalogue.onProgress?.(read);
    return { read, ...counts };
  }

  return {
    // One at a time: there is one stage.
    importCatalogue: (catalogue) => {
      const next = lastImport.then(() => importOne(catalogue));
      lastImport = next.catch(() => undefined);
      return next;
    },
    removeProduct: async (storeId, sku) => remove.immediate(numbers.store(storeId), sku),
  };
}

function createStage(db: Database) {
  db.exec(
    `CREATE TEMP TABLE stage (
       sku TEXT PRIMARY KEY,
       ordinal INTEGER NOT NULL,
       text TEXT NOT NULL,
       opening_milli INTEGER,
       fate TEXT CHECK (fate IN ('added', 'changed', 'unchanged'))
     ) STRICT, WITHOUT ROWID`,
  );
  const put = db.prepare(
    `INSERT INTO temp.stage (sku, ordinal, text, opening_milli) VALUES (?, ?, ?, ?)
     ON CONFLICT (sku) DO UPDATE SET text = excluded.text, opening_milli = excluded.opening_milli`,
  );
  const clear = db.prepare("DELETE FROM temp.stage");
  const add = db.transaction((items: readonly CatalogueItem[], before: number) => {
    for (const [i, { product, openingMilli }] of items.entries()) {
      put.run(product.sku, before + i, productText(product), openingMilli ?? null);
    }
  });
  return { clear: () => void clear.run(), add };
}

function createRemove(db: Database, openFeed: OpenFeed) {
  const take = db
    .prepare<[number, string], number>(
      "DELETE FROM product WHERE store_no = ? AND sku = ? RETURNING position",
    )
    .pluck();
  const takeFields = db.prepare("DELETE FROM product_field WHERE store_no = ? AND sku = ?");
  return db.transaction((storeNo: number, sku: string): boolean => {
    const position = take.get(storeNo, sku);
    if (position === undefined) return false;
    takeFields.run(storeNo, sku);
    const feed = openFeed(storeNo);
    feed.forget(position);
    feed.append({ kind: "product-removed", subject: sku });
    feed.finish();
    return true;
  });
}
