import type { Database } from "better-sqlite3";
import type { StockMovement } from "../../../domain/stock/movement.ts";
import { assertInteger } from "../../../domain/values/assert.ts";

/** [C1] Moves levels. Levels are read once and written once, however often a good moves in a batch. */
export interface StockWriter {
  move(movement: StockMovement): { readonly levelMilli: number; readonly oversold: boolean };
  /** Writes the levels that moved. */
  finish(): void;
}

export type OpenStock = (storeNo: number) => StockWriter;

interface Level {
  level_milli: number;
  stated: number;
}

export function createStockWriter(db: Database): OpenStock {
  const select = db.prepare<[number, string], Level>(
    "SELECT level_milli, stated FROM stock WHERE store_no = ? AND sku = ?",
  );
  const put = db.prepare(
    `INSERT INTO stock (store_no, sku, level_milli, stated) VALUES (?, ?, ?, ?)
     ON CONFLICT (store_no, sku)
     DO UPDATE SET level_milli = excluded.level_milli, stated = excluded.stated`,
  );
  return (storeNo) => {
    const levels = new Map<string, Level>();
    const moved = ({ sku, deltaMilli }: StockMovement): Level => {
      const level = levels.get(sku) ?? select.get(storeNo, sku) ?? { level_milli: 0, stated: 0 };
      level.level_milli = assertInteger(level.level_milli + deltaMilli, "stock level");
      levels.set(sku, level);
      return level;
    };
    return {
      move(movement) {
        const { level_milli: levelMilli, stated } = moved(movement);
        return { levelMilli, oversold: stated === 1 && movement.deltaMilli < 0 && levelMilli < 0 };
      },
      finish() {
        for (const [sku, level] of levels) put.run(storeNo, sku, level.level_milli, level.stated);
      },
    };
  };
}
