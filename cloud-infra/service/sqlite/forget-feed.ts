import type { Database } from "better-sqlite3";
import { present } from "../../../domain/values/assert.ts";

/**
 * [D6] Forgets what the feed says of facts received before a moment, from its beginning up to the
 * first that was received later. Goods, people and settings keep their places: the newest word on
 * each is not old.
 */
export function createForgetFeed(db: Database): (storeNo: number, beforeMs: number) => number {
  const firstKept = db
    .prepare<[number, number], number>(
      `SELECT feed.position FROM feed JOIN fact USING (fact_no)
       WHERE feed.store_no = ? AND fact.received_at_ms >= ? ORDER BY feed.position LIMIT 1`,
    )
    .pluck();
  const lastBefore = db
    .prepare<[number, number], number>(
      `SELECT position FROM feed WHERE store_no = ? AND position < ? AND fact_no IS NOT NULL
       ORDER BY position DESC LIMIT 1`,
    )
    .pluck();
  const floorOf = db
    .prepare<[number], number>("SELECT feed_floor FROM store WHERE store_no = ?")
    .pluck();
  const remove = db.prepare(
    `DELETE FROM feed WHERE store_no = ? AND position <= ?
       AND kind IN ('fact', 'movement', 'product-removed')`,
  );
  const setFloor = db.prepare("UPDATE store SET feed_floor = ? WHERE store_no = ?");
  const forget = db.transaction((storeNo: number, beforeMs: number): number => {
    const floor = present(floorOf.get(storeNo), "the store's feed floor");
    const kept = firstKept.get(storeNo, beforeMs) ?? Number.MAX_SAFE_INTEGER;
    const upTo = lastBefore.get(storeNo, kept) ?? 0;
    if (upTo <= floor) return floor;
    remove.run(storeNo, upTo);
    setFloor.run(upTo, storeNo);
    return upTo;
  });
  return (storeNo, beforeMs) => forget.immediate(storeNo, beforeMs);
}
