import type { Database } from "better-sqlite3";
import type { StockMovement } from "../../domain/stock/movement.ts";
import { assertInteger } from "../../domain/values/assert.ts";

/** A movement that is no terminal's fact: opening stock, receiving or adjusting in the back office. */
export interface StoreMovement {
  readonly movementId: string;
  readonly sku: string;
  readonly deltaMilli: number;
  readonly reason: "opening" | "receiving" | "adjustment";
  readonly atMs: number;
}

interface Origin {
  readonly atMs: number;
  readonly source: number;
  readonly reason: "sale" | "return";
}

/** [C1] A level is the sum of signed movements; below zero is a level like any other. */
export function createStockProjection(db: Database) {
  const addLevel = db.prepare<[string, number]>(
    `INSERT INTO stock_level VALUES (?, ?)
     ON CONFLICT (sku) DO UPDATE SET quantity_milli = quantity_milli + excluded.quantity_milli`,
  );
  const addMovement = db.prepare<[string, number, number, number, string]>(
    "INSERT INTO stock_movement (sku, at_ms, source, delta_milli, reason) VALUES (?, ?, ?, ?, ?)",
  );

  return {
    moved(movements: readonly StockMovement[], origin: Origin) {
      for (const { sku, deltaMilli } of movements) {
        addLevel.run(sku, assertInteger(deltaMilli, "deltaMilli"));
        addMovement.run(sku, origin.atMs, origin.source, deltaMilli, origin.reason);
      }
    },
    /** Listed from `store_movement` itself; only the level is folded. */
    storeMoved(movement: StoreMovement) {
      addLevel.run(movement.sku, assertInteger(movement.deltaMilli, "deltaMilli"));
    },
  };
}
