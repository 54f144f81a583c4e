import type { Database } from "better-sqlite3";
import type { FactsPlace } from "./apply-facts.ts";
import type { Exceptions } from "./exceptions.ts";
import type { SettledRun } from "./settle-stock.ts";

export type CloseOversold = (place: FactsPlace, settled: SettledRun) => void;

/**
 * [C2] A count states its good's level anew, whoever sold it twice before: where the good stands at
 * zero or above after its newest count, the open `oversold` of it is answered, by whoever counted.
 */
export function createCloseOversold(db: Database, exceptions: Exceptions): CloseOversold {
  const level = db
    .prepare<[number, string], number>(
      "SELECT level_milli FROM stock WHERE store_no = ? AND sku = ?",
    )
    .pluck();
  return ({ storeNo, feed }, { oversold, counted }) => {
    for (const { sku, fact, factIndex } of counted) {
      const open = exceptions.openAbout(storeNo, "oversold", sku);
      if (open === null || (level.get(storeNo, sku) ?? 0) < 0) continue;
      // A movement that came after the count in the same run told of a shelf that it had stated.
      if (oversold.some((later) => later.sku === sku && later.factIndex > factIndex)) continue;
      const { actorId: by = "", atMs } = fact;
      exceptions.closeInto(feed, open.exceptionId, { by, resolution: "counted", atMs });
    }
  };
}
