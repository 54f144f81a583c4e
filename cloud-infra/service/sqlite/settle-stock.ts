import type { Database } from "better-sqlite3";
import type { Fact } from "../../../domain/facts/fact.ts";
import { type Decision, subjectOf } from "../../../domain/stock/decision.ts";
import { storePlace } from "../../../domain/stock/place.ts";
import { sideOf } from "../../../domain/stock/relation.ts";
import {
  type Settled,
  settleCount,
  settleDecision,
  settleMovement,
} from "../../../domain/stock/settle.ts";
import { countMarkOf } from "../../../domain/stock/stock-of.ts";
import { present, unreachable } from "../../../domain/values/assert.ts";
import { cloudTime } from "../../../domain/values/clock-reading.ts";
import type { FactsPlace, StoredFact } from "./apply-facts.ts";
import type { CountRows } from "./count-rows.ts";
import type { EditPlace } from "./edit-products.ts";
import type { Exceptions } from "./exceptions.ts";
import { createLateReading } from "./late-reading.ts";
import { createMoveCounted } from "./move-counted.ts";
import { type BatchMovement, createMoveStock, createStated, type Oversold } from "./stock.ts";
import { createCloseMoot, createUncertain, type Uncertain } from "./uncertain.ts";
import { createUncovered, type Pending, type Uncovered } from "./uncovered.ts";

/**
 * [C1] [C2] Lets a run of facts of one chain take effect on the store's stock, in their order. Goods
 * that nobody counted take the short way: their movements are one statement.
 */
export type SettleStock = (place: FactsPlace, stored: readonly StoredFact[]) => SettledRun;

/** What people are to be told of a run, and which goods it stated anew. */
export interface SettledRun {
  readonly oversold: readonly Oversold[];
  /** [C2] Counts that became their good's newest, in order. */
  readonly counted: readonly StatedByCount[];
}

export interface StatedByCount {
  readonly sku: string;
  readonly fact: Fact<"stock.counted">;
  readonly factIndex: number;
}

export interface StockTools {
  readonly rows: CountRows;
  readonly exceptions: Exceptions;
}

export function createSettleStock(db: Database, { rows, exceptions }: StockTools): SettleStock {
  const moveStock = createMoveStock(db);
  const counted = createCounted(db);
  const stated = createStated(db);
  const moveCounted = createMoveCounted(rows);
  const uncovered = createUncovered(db, rows);
  const closeMoot = createCloseMoot(db, exceptions);
  const lateReading = createLateReading(db, rows, uncovered);

  function settleReading(batch: Batch, fact: Fact<"clock.measured">): void {
    const { place, pending } = batch;
    const { storeNo } = place;
    const add = () => rows.addReading(fact, { ...fact.payload, atMs: fact.atMs });
    for (const anew of lateReading({ storeNo, place: fact, pending, add })) {
      finish(rows, batch, anew);
      const { sku, stock } = anew;
      const newest = present(stock.counts.at(-1), "the newest count of a counted good");
      const known = uncovered(storeNo, newest.mark, pending)(sku);
      const unclear = known.filter((movement) => sideOf(movement, newest) === "uncertain");
      const asked = new Set(unclear.map((movement) => movement.place.terminalId));
      closeMoot(place, { sku, countId: newest.mark.countId, asked });
    }
  }

  return (place, stored) => {
    const { storeNo } = place;
    const oversold: Oversold[] = [];
    const uncertain = createUncertain(place, exceptions);
    const pending = pendingOf(place, stored);
    const batch: Batch = {
      ...{ place, pending, uncertain, uncovered, closeMoot, heard: null, counted: [] },
    };
    let run: BatchMovement[] = [];
    let said: BatchMovement[] = [];

    function finishRun(): void {
      if (run.length === 0) return;
      const newest = counted.among(storeNo, run);
      const plain =
        newest.size === 0 ? run : moveCounted(batch, stored, { movements: run, newest });
      oversold.push(...moveStock(storeNo, plain, stated(storeNo, said)));
      run = [];
      said = [];
    }

    for (const [factIndex, { fact, factNo }] of stored.entries()) {
      pending.delete(factNo);
      const moved = fact.movements.map((movement) => ({ ...movement, factIndex }));
      for (const movement of moved) run.push(movement);
      const word = fact.stock;
      if (word === null) continue;
      switch (word.kind) {
        case "stated":
          for (const movement of moved) said.push(movement);
          continue;
        case "measured":
          finishRun();
          settleReading(batch, word.fact);
          continue;
        case "counted":
          finishRun();
          settleOneCount(rows, batch, word.fact, factIndex);
          counted.begin(storeNo);
          continue;
        case "decided":
          finishRun();
          rows.decisions.add(storeNo, word.decision);
          settleOneDecision(rows, batch, word.decision);
          continue;
        default:
          unreachable(word);
      }
    }
    finishRun();
    uncertain.tell();
    for (const late of belowAfterCount(rows, batch)) {
      if (!oversold.some(({ sku }) => sku === late.sku)) oversold.push(late);
    }
    return { oversold, counted: batch.counted };
  };
}

/** [C1] A count that comes late: what was sold since took its good below zero, and nobody could tell. */
function belowAfterCount(rows: CountRows, { place, counted }: Batch): Oversold[] {
  return counted.flatMap(({ sku, fact, factIndex }) => {
    const { levelMilli } = rows.stock(place.storeNo, sku);
    if (levelMilli >= 0) return [];
    const line = fact.payload.lines.find((one) => one.sku === sku);
    return [{ sku, deltaMilli: levelMilli - (line?.countedMilli ?? 0), levelMilli, factIndex }];
  });
}

/** [C2] Facts that have a row and no effect yet; those of this run where one of them looks at others. */
function pendingOf({ pending = none }: FactsPlace, stored: readonly StoredFact[]): Set<number> {
  const looksAround = stored.some(
    ({ fact: { stock } }) => stock !== null && stock.kind !== "stated",
  );
  return new Set(looksAround ? [...pending, ...stored.map(({ factNo }) => factNo)] : pending);
}

interface Batch {
  readonly place: FactsPlace;
  readonly pending: Pending;
  readonly uncertain: Uncertain;
  readonly uncovered: ReturnType<typeof createUncovered>;
  readonly closeMoot: ReturnType<typeof createCloseMoot>;
  /** What the last count of the batch had not heard of: an offline counter's counts all heard the same. */
  heard: { readonly applied: string; readonly movements: Uncovered } | null;
  readonly counted: StatedByCount[];
}

/** Which of a run's goods were counted, and their newest counts. */
function createCounted(db: Database) {
  const any = db
    .prepare<[number], 1>(
      `SELECT 1 FROM stock INDEXED BY stock_counted
       WHERE store_no = ? AND count_no IS NOT NULL LIMIT 1`,
    )
    .pluck();
  const among = db.prepare<[string, number], { sku: string; countNo: number }>(
    `SELECT stock.sku, count_no AS countNo
     FROM json_each(?) CROSS JOIN stock INDEXED BY stock_counted
     WHERE store_no = ? AND stock.sku = value AND count_no IS NOT NULL`,
  );
  // A store that counts once goes on counting; of one that never did not even a row is looked for.
  const known = new Set<number>();
  const none: ReadonlyMap<string, number> = new Map();
  return {
    begin: (storeNo: number) => void known.add(storeNo),
    among(storeNo: number, run: readonly BatchMovement[]): ReadonlyMap<string, number> {
      if (!known.has(storeNo)) {
        if (any.get(storeNo) !== 1) return none;
        known.add(storeNo);
      }
      const skus = JSON.stringify([...new Set(run.map(({ sku }) => sku))]);
      return new Map(among.all(skus, storeNo).map(({ sku, countNo }) => [sku, countNo]));
    },
  };
}

function settleOneCount(
  rows: CountRows,
  batch: Batch,
  fact: Fact<"stock.counted">,
  factIndex: number,
): void {
  const { storeNo } = batch.place;
  const mark = countMarkOf(fact, rows.readingAt(fact));
  rows.addMark(mark, fact.actorId);
  const applied = JSON.stringify(mark.applied);
  if (batch.heard?.applied !== applied) {
    const movements = batch.uncovered(storeNo, mark, batch.pending);
    batch.heard = { applied, movements };
  }
  for (const { sku, countedMilli, storeAtMs = null } of fact.payload.lines) {
    const stock = rows.stock(storeNo, sku);
    const decisions = rows.decisions.about(storeNo, sku, fact.id);
    const known = batch.heard.movements(sku);
    const line = { mark, countedMilli, storeAtMs, decisions };
    const before = stock.counts.at(-1);
    finish(rows, batch, { sku, stock, settled: settleCount(stock, line, known) });
    if (stock.counts.at(-1)?.mark !== mark) continue;
    batch.counted.push({ sku, fact, factIndex });
    if (before !== undefined) {
      batch.uncertain.drop(sku, before.mark.countId);
      batch.closeMoot(batch.place, { sku, countId: before.mark.countId });
    }
  }
}

const none: Pending = new Set();

function settleOneDecision(rows: CountRows, batch: Batch, decision: Decision): void {
  const { storeNo } = batch.place;
  const { sku, countId } = decision;
  const stock = rows.stock(storeNo, sku);
  const count = stock.counts.find(({ mark }) => mark.countId === countId);
  if (count === undefined) return;
  const known = batch
    .uncovered(
      storeNo,
      count.mark,
      batch.pending,
    )(sku)
    .filter(({ place }) => place.terminalId === decision.terminalId);
  // What was noted of that terminal in this run is noted anew, as far as it is not answered now.
  batch.uncertain.forget(subjectOf(decision));
  // The row of the decision is there already: what it changes is compared with the others alone.
  const others = count.decisions.filter(({ factId }) => factId !== decision.factId);
  stock.counts[stock.counts.indexOf(count)] = { ...count, decisions: others };
  finish(rows, batch, { sku, stock, settled: settleDecision(stock, decision, known) });
}

/** Writes what was settled, and notes what nobody can tell. */
function finish(
  rows: CountRows,
  { place, uncertain }: { readonly place: EditPlace; readonly uncertain: Uncertain },
  {
    sku,
    stock,
    settled,
  }: {
    readonly sku: string;
    readonly stock: ReturnType<CountRows["stock"]>;
    readonly settled: readonly Settled[];
  },
): void {
  rows.save(place.storeNo, sku, stock);
  // [D2] A till that came by a snapshot may not hold the movements that this looked at.
  if (settled.length > 0) place.feed.append({ kind: "stock", subject: sku });
  const newest = stock.counts.at(-1);
  if (newest === undefined) return;
  for (const { movement, isUncertain } of settled) {
    if (!isUncertain) continue;
    uncertain.note(sku, rows.markOf(newest.mark.countId), newest, movement);
  }
}

/** [D4] Takes opening stock of goods that were counted already out of the plain sum again. */
export function createSettleOpenings(db: Database, { rows, exceptions }: StockTools) {
  const counted = db.prepare<[number], { sku: string; deltaMilli: number }>(
    `SELECT sku, delta_milli AS deltaMilli FROM temp.stage_opening
     JOIN stock USING (sku) WHERE store_no = ? AND count_no IS NOT NULL`,
  );
  return (place: EditPlace): void => {
    const { storeNo, atMs } = place;
    const uncertain = createUncertain(place, exceptions);
    for (const { sku, deltaMilli } of counted.all(storeNo)) {
      const stock = rows.stock(storeNo, sku);
      stock.levelMilli -= deltaMilli;
      const movement = { deltaMilli, place: storePlace, atMs, at: () => cloudTime(atMs) };
      const settled = [settleMovement(stock, movement)];
      finish(rows, { place, uncertain }, { sku, stock, settled });
    }
    uncertain.tell();
  };
}
