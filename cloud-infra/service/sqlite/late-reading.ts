import type { Database } from "better-sqlite3";
import type { AnyFact, FactPosition } from "../../../domain/facts/fact.ts";
import { movementsOf } from "../../../domain/stock/movement.ts";
import type { PlacedMovement } from "../../../domain/stock/relation.ts";
import { type Settled, settleMovement } from "../../../domain/stock/settle.ts";
import { correctedTime } from "../../../domain/values/clock-reading.ts";
import type { CountRows } from "./count-rows.ts";
import type { createUncovered, Pending } from "./uncovered.ts";

interface Late {
  readonly storeNo: number;
  /** Of the reading. */
  readonly place: FactPosition;
  readonly pending: Pending;
  /** Lets the reading count. */
  readonly add: () => void;
}

/** A good whose movements were put where they stand by the reading. */
export interface Resettled {
  readonly sku: string;
  readonly stock: ReturnType<CountRows["stock"]>;
  readonly settled: readonly Settled[];
}

/**
 * [C2] [L1] A clock reading with facts behind it that took effect already: the end of an older epoch that
 * was handed on late, or one that was parked. What was read by the reading before it is taken out of
 * its good's stock and put in again.
 */
export function createLateReading(
  db: Database,
  rows: CountRows,
  uncovered: ReturnType<typeof createUncovered>,
): (late: Late) => Resettled[] {
  const after = "terminal_id = ? AND (it.epoch, it.seq) > (?, ?)";
  const behind = db
    .prepare<[string, number, number], number>(
      `SELECT fact_no FROM terminal JOIN fact AS it USING (terminal_no) WHERE ${after}
         AND verdict = 'applied' AND type IN ('sale.completed', 'return.completed', 'stock.moved')`,
    )
    .pluck();
  const bodyOf = db.prepare<[number], string>("SELECT body FROM fact WHERE fact_no = ?").pluck();
  const marksBehind = db.prepare<[string, number, number], { countId: string; atMs: number }>(
    `SELECT count_id AS countId, fact.at_ms AS atMs FROM terminal
       JOIN count_mark AS it USING (terminal_no) JOIN fact ON fact_id = count_id WHERE ${after}`,
  );
  const goodsOf = db
    .prepare<[number, string], string>(
      "SELECT sku FROM stock_count WHERE store_no = ? AND count_id = ?",
    )
    .pluck();

  function readAnew({ storeNo, place: { terminalId, epoch, seq }, pending }: Late) {
    const goods = new Map<string, Map<string, PlacedMovement>>();
    const note = (sku: string, movement: PlacedMovement) => {
      const { place } = movement;
      const known = goods.get(sku) ?? new Map<string, PlacedMovement>();
      goods.set(sku, known.set(`${place.terminalId} ${place.epoch} ${place.seq}`, movement));
    };
    for (const factNo of behind.all(terminalId, epoch, seq)) {
      if (pending.has(factNo)) continue;
      const fact = JSON.parse(bodyOf.get(factNo) ?? "") as AnyFact;
      const at = () => correctedTime(fact.atMs, rows.readingAt(fact));
      for (const { sku, deltaMilli } of movementsOf(fact)) {
        note(sku, { deltaMilli, place: fact, atMs: fact.atMs, at });
      }
    }
    const marks = marksBehind.all(terminalId, epoch, seq);
    for (const { countId } of marks) {
      const known = uncovered(storeNo, rows.markOf(countId), pending);
      for (const sku of goodsOf.all(storeNo, countId)) for (const m of known(sku)) note(sku, m);
    }
    return { goods, marks };
  }

  return (late) => {
    const { storeNo } = late;
    const { goods, marks } = readAnew(late);
    const counted = [...goods].filter(([sku]) => rows.stock(storeNo, sku).counts.length > 0);
    for (const [sku, known] of counted) {
      const stock = rows.stock(storeNo, sku);
      for (const movement of known.values()) {
        settleMovement(stock, { ...movement, deltaMilli: -movement.deltaMilli });
      }
      rows.save(storeNo, sku, stock);
    }
    late.add();
    for (const { countId, atMs } of marks) {
      rows.renewMark(countId, correctedTime(atMs, rows.readingAt(rows.markOf(countId))));
    }
    return counted.map(([sku, known]) => {
      const stock = rows.stock(storeNo, sku);
      const settled = [...known.values()].map((movement) => settleMovement(stock, movement));
      return { sku, stock, settled };
    });
  };
}
