import type { Database } from "better-sqlite3";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { movementsOf } from "../../domain/stock/movement.ts";
import { createAnswerProjection } from "./answer-projection.ts";
import type { StockBases } from "../../domain/stock/stock-base.ts";
import { createTakeStockBases } from "./stock-bases.ts";
import { createReceiptProjection } from "./receipt-projection.ts";
import { createShiftProjection } from "./shift-projection.ts";
import { createSuspendedSaleProjection } from "./suspended-sale-projection.ts";
import { createStockProjection, type StoreMovement } from "./stock-projection.ts";

/**
 * Folds facts into tables. The same fold serves live use, `rebuild` and `verify`.
 * `source` is the journal position of our own fact, or minus the position of a store fact.
 */
export interface Projections {
  apply(fact: AnyFact, source: number): void;
  applyStoreMovement(movement: StoreMovement): void;
  /** [D2] Once for each page of a snapshot, in the transaction that takes it over. */
  takeStockBases(bases: StockBases): void;
}

/** Every table the fold writes; `verify` compares exactly these. */
export const projectionTables = [
  "terminal",
  "receipt",
  "returned_line",
  "stock_level",
  "stock_movement",
  "shift",
  "shift_total",
  "shift_tax",
  "perpetual",
  "suspended_sale",
  "exception_answer",
] as const;

export function createProjections(db: Database): Projections {
  const receipts = createReceiptProjection(db);
  const stock = createStockProjection(db);
  const shifts = createShiftProjection(db);
  const suspended = createSuspendedSaleProjection(db);
  const answers = createAnswerProjection(db);
  const addTerminal = db.prepare<[string, number]>(
    "INSERT INTO terminal VALUES (?, ?) ON CONFLICT DO UPDATE SET till_number = excluded.till_number",
  );

  return {
    apply(fact, source) {
      const isOurs = source > 0;
      switch (fact.type) {
        case "sale.completed":
        case "return.completed":
          receipts.completed(fact, source);
          stock.moved(movementsOf(fact), {
            atMs: fact.atMs,
            source,
            reason: fact.type === "return.completed" ? "return" : "sale",
          });
          if (isOurs) shifts.completed(fact);
          return;
        case "shift.opened":
          shifts.opened(fact);
          return;
        case "shift.closed":
          shifts.closed(fact);
          if (isOurs) shifts.countZ();
          return;
        case "receipt.reprinted":
          receipts.reprinted(fact.payload);
          if (isOurs) shifts.counted(fact, "reprints");
          return;
        case "sale.voided":
          if (isOurs) shifts.counted(fact, "voids");
          return;
        case "drawer.no-sale":
          if (isOurs) shifts.counted(fact, "no_sales");
          return;
        case "line.removed":
          if (isOurs) shifts.counted(fact, "lines_removed");
          return;
        case "shift.counted":
          if (isOurs) shifts.blindCounted(fact);
          return;
        case "sale.suspended":
          suspended.suspended(fact);
          return;
        case "sale.recalled":
          suspended.recalled(fact);
          return;
        case "terminal.enrolled":
          addTerminal.run(fact.terminalId, fact.payload.tillNumber);
          return;
        case "person.signed-in":
        case "person.signed-out":
        case "person.sign-in-refused":
        case "product.added":
        case "print.resolved":
        case "stock.moved":
        case "stock.counted":
        case "clock.measured":
          return;
      }
    },
    takeStockBases: createTakeStockBases(db),
    applyStoreMovement: (movement) => stock.storeMoved(movement),
  };
}
