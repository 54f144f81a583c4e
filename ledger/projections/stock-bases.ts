import type { Database } from "better-sqlite3";
import type { StockBases } from "../../domain/stock/stock-base.ts";

/** [D2] Levels as a snapshot says them, and what this ledger holds beyond it. */
export function createTakeStockBases(db: Database): (bases: StockBases) => void {
  const setLevel = db.prepare<[string, number]>(
    `INSERT INTO stock_level (sku, quantity_milli) VALUES (?, ?)
     ON CONFLICT (sku) DO UPDATE SET quantity_milli = excluded.quantity_milli`,
  );
  const beyond = db
    .prepare<[string], number>(
      `SELECT ifnull(sum(delta_milli), 0) FROM stock_movement WHERE sku = ? AND source > 0
         AND source > (SELECT position FROM journal ORDER BY position DESC LIMIT 1)`,
    )
    .pluck();
  return ({ bases }) => {
    for (const { sku, levelMilli } of bases) setLevel.run(sku, levelMilli + (beyond.get(sku) ?? 0));
  };
}
