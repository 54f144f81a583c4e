import type { Database } from "better-sqlite3";
import { present } from "../../../domain/values/assert.ts";
import type { CountRows } from "./count-rows.ts";
import type { EffectTools } from "./fact-effects.ts";
import type { OpenFeed } from "./feed.ts";
import { createFileCodes } from "./file-codes.ts";
import { createMergeFile } from "./merge-file.ts";
import type { Numbers } from "./numbers.ts";
import { createSettleOpenings } from "./settle-stock.ts";

export interface CatalogueTools {
  readonly numbers: Numbers;
  readonly openFeed: OpenFeed;
  readonly effects: EffectTools;
  readonly countRows: CountRows;
}

export interface TakenOver {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * [D4] Makes the staged catalogue the store's, in one transaction and in sets: the memory it needs
 * does not grow with the catalogue. Each statement's meaning stands above it in `steps`.
 */
export function createTakeOver(
  db: Database,
  { numbers, openFeed, effects, countRows }: CatalogueTools,
): (storeId: string, atMs: number) => TakenOver {
  db.exec(
    `CREATE TEMP TABLE stage_opening (
       ordinal INTEGER PRIMARY KEY, sku TEXT NOT NULL, movement_id TEXT NOT NULL,
       delta_milli INTEGER NOT NULL
     ) STRICT`,
  );
  const clear = db.prepare("DELETE FROM temp.stage_opening");
  const steps = prepareSteps(db);
  const mergeFile = createMergeFile(db, effects);
  const fileCodes = createFileCodes(db, effects.edits);
  const settleOpenings = createSettleOpenings(db, {
    rows: countRows,
    exceptions: effects.exceptions,
  });
  const feedEnd = db
    .prepare<[number], number>("SELECT feed_end FROM store WHERE store_no = ?")
    .pluck();
  const counts = db.prepare<[], { fate: keyof TakenOver; count: number }>(
    "SELECT fate, count(*) AS count FROM temp.stage GROUP BY fate ORDER BY fate",
  );

  const takeOver = db.transaction((storeId: string, atMs: number): TakenOver => {
    clear.run();
    const storeNo = numbers.store(storeId);
    const feed = openFeed(storeNo);
    mergeFile({ storeId, storeNo, feed, atMs });
    const settled = fileCodes.settle({ storeId, storeNo, feed, atMs });
    feed.finish();
    const base = present(feedEnd.get(storeNo), "the store's feed end");
    for (const step of steps) step.run({ storeNo, base, atMs });
    const telling = openFeed(storeNo);
    settleOpenings({ storeId, storeNo, feed: telling, atMs });
    fileCodes.tell({ storeId, storeNo, feed: telling, atMs }, settled);
    telling.finish();
    const taken = { added: 0, changed: 0, unchanged: 0 };
    for (const { fate, count } of counts.all()) taken[fate] = count;
    return taken;
  });
  return (storeId, atMs) => takeOver.immediate(storeId, atMs);
}

function prepareSteps(db: Database) {
  return steps.map((sql) =>
    db.prepare<[{ storeNo: number; base: number; atMs: number }]>(
      // A statement may not be given a parameter it does not use.
      `WITH given (store_no, base, at_ms) AS (VALUES ($storeNo, $base, $atMs)) ${sql}`,
    ),
  );
}

const steps: readonly string[] = [
  // What becomes of each item.
  `UPDATE temp.stage SET fate = ifnull(
     (SELECT iif(product.text = stage.text, 'unchanged', 'changed') FROM product
      WHERE product.store_no = (SELECT store_no FROM given) AND product.sku = stage.sku),
     'added')`,

  // [D1] Changed goods leave their old place in the feed.
  `DELETE FROM feed WHERE store_no = (SELECT store_no FROM given) AND position IN (
     SELECT product.position FROM temp.stage JOIN product USING (sku)
     WHERE product.store_no = (SELECT store_no FROM given) AND stage.fate = 'changed')`,

  // New and changed goods, numbered in the order of the file.
  `INSERT INTO product (store_no, sku, text, position, changed_at_ms)
   SELECT given.store_no, sku, text, base + row_number() OVER (ORDER BY ordinal), at_ms
   FROM temp.stage JOIN given WHERE fate <> 'unchanged'
   ON CONFLICT (store_no, sku) DO UPDATE SET text = excluded.text, position = excluded.position,
     changed_at_ms = excluded.changed_at_ms`,

  `INSERT INTO feed (store_no, position, kind, subject)
   SELECT product.store_no, position, 'product', sku
   FROM temp.stage JOIN product USING (sku) JOIN given USING (store_no) WHERE fate <> 'unchanged'
   ORDER BY position`,

  // Opening stock of goods that are new to the store; of one that came back it was stated before.
  `INSERT INTO temp.stage_opening (sku, movement_id, delta_milli, ordinal)
   SELECT sku, 'opening:' || sku, opening_milli, row_number() OVER (ORDER BY ordinal)
   FROM temp.stage JOIN given
   WHERE fate = 'added' AND opening_milli IS NOT NULL AND NOT EXISTS (
     SELECT 1 FROM movement
     WHERE movement.store_no = given.store_no AND movement_id = 'opening:' || stage.sku)`,

  `INSERT INTO movement (store_no, movement_id, sku, delta_milli, reason, at_ms)
   SELECT store_no, movement_id, sku, delta_milli, 'opening', at_ms
   FROM temp.stage_opening JOIN given WHERE true ORDER BY sku`,

  `INSERT INTO stock (store_no, sku, level_milli, stated)
   SELECT store_no, sku, delta_milli, 1 FROM temp.stage_opening JOIN given WHERE true ORDER BY sku
   ON CONFLICT (store_no, sku)
   DO UPDATE SET level_milli = level_milli + excluded.level_milli, stated = 1`,

  `INSERT INTO feed (store_no, position, kind, subject)
   SELECT given.store_no, taken.count + base + stage_opening.ordinal, 'movement', movement_id
   FROM temp.stage_opening JOIN given
     JOIN (SELECT count(*) AS count FROM temp.stage WHERE fate <> 'unchanged') AS taken
   ORDER BY stage_opening.ordinal`,

  `UPDATE store SET feed_end = (SELECT base FROM given)
     + (SELECT count(*) FROM temp.stage WHERE fate <> 'unchanged')
     + (SELECT count(*) FROM temp.stage_opening)
   WHERE store_no = (SELECT store_no FROM given)`,
];
