import type { Database } from "better-sqlite3";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { decisionOf } from "../../domain/stock/decision.ts";
import { movementsOf } from "../../domain/stock/movement.ts";
import { createAnswerProjection } from "./answer-projection.ts";
import type { StockBases } from "../../domain/stock/stock-base.ts";
import { createReceiptProjection } from "./receipt-projection.ts";
import { createShiftProjection } from "./shift-projection.ts";
import { createSuspendedSaleProjection } from "./suspended-sale-projection.ts";
import type { Places } from "../tables/places.ts";
import type { SkuRange } from "./stock-bases.ts";
import { createStockProjection, type StoreMovement } from "./stock-projection.ts";

/**
 * Folds facts into tables. The same fold serves live use, `rebuild` and `verify`.
 * `source` is the journal position of our own fact, or minus the position of a store fact.
 */
export interface Projections {
  apply(fact: AnyFact, source: number): void;
  applyStoreMovement(movement: StoreMovement): void;
  /** [D2] Once for each page of a snapshot, in the transaction that takes it over. */
  takeStockBases(bases: StockBases, range?: SkuRange): void;
  /** [C2] [D2] Goods whose stock a snapshot told of stand otherwise now; of others this is known already. */
  renewStockBases(bases: StockBases): void;
  /** [D2] The first step of a fold of everything: stock begins with what snapshots said of it. */
  beginWithStockBases(): void;
  /**
   * [C2] Works out the stock of every counted good anew. Needed where facts got other places: a new
   * epoch.
   */
  settleStockAnew(): void;
  /** Forgets what was read: after a transaction was taken back. */
  reload(): void;
}

/** Every table the fold writes; `verify` compares exactly these. */
export const projectionTables = [
  "terminal",
  "receipt",
  "receipt_copy",
  "returned_line",
  "stock_level",
  "stock_movement",
  "chain_clock",
  "count_mark",
  "stock_count",
  "stock_decision",
  "stock_uncertain",
  "shift",
  "shift_total",
  "shift_tax",
  "perpetual",
  "suspended_sale",
  "exception_answer",
] as const;

export function createProjections(db: Database, places: Places): Projections {
  const receipts = createReceiptProjection(db);
  const stock = createStockProjection(db, places);
  const shifts = createShiftProjection(db);
  const suspended = createSuspendedSaleProjection(db);
  const answers = createAnswerProjection(db);
  const addTerminal = db.prepare<[string, number]>(
    "INSERT INTO terminal VALUES (?, ?) ON CONFLICT DO UPDATE SET till_number = excluded.till_number",
  );

  const passOver = db.prepare<[string]>(
    `INSERT INTO passed_over VALUES ('fact:' || ?, 0, 1)
     ON CONFLICT (kind) DO UPDATE SET times = times + 1`,
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
        case "product.edited":
        case "account.moved":
        case "print.resolved":
        case "z.reprinted":
          return;
        case "exception.resolved": {
          if (isOurs) answers.answered(fact);
          const decision = decisionOf(fact);
          if (decision !== null) stock.decided(decision);
          return;
        }
        case "stock.moved":
          stock.moved(movementsOf(fact), { atMs: fact.atMs, source, reason: fact.payload.reason });
          return;
        case "stock.counted":
          stock.counted(fact, source);
          return;
        case "clock.measured":
          stock.measured(fact, source);
          return;
        default:
          // [V2] Of a newer till: kept, and folded when this program knows it.
          passOver.run((fact as AnyFact).type);
      }
    },
    takeStockBases: (bases, range) => stock.takeBases(bases, range),
    renewStockBases: (bases) => stock.renewBases(bases),
    beginWithStockBases: () => stock.beginWithBases(),
    reload: () => stock.reload(),
    settleStockAnew: () => stock.settleAllAnew(),
    applyStoreMovement: (movement) => stock.storeMoved(movement),
  };
}
