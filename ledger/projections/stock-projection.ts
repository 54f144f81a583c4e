import type { Database } from "better-sqlite3";
import type { Fact } from "../../domain/facts/fact.ts";
import type { Decision } from "../../domain/stock/decision.ts";
import type { StockMovement } from "../../domain/stock/movement.ts";
import type { StockBases } from "../../domain/stock/stock-base.ts";
import type { MoveReason } from "../../domain/stock/stock-facts.ts";
import { countMarkOf } from "../../domain/stock/stock-of.ts";
import { assertInteger } from "../../domain/values/assert.ts";
import { correctedTime } from "../../domain/values/clock-reading.ts";
import type { Places } from "../tables/places.ts";
import { createCountWriter } from "./count-writer.ts";
import { createStockBases, type SkuRange } from "./stock-bases.ts";
import { createStockRows } from "./stock-rows.ts";
import { createSettleAnew, createSettleCounted, createSettleMovement } from "./stock-settlement.ts";

/** A movement that is no terminal's fact: opening stock. */
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
  readonly reason: "sale" | "return" | MoveReason;
}

/** True while no movement and no count of any good is known here. */
function createIsUntouched(db: Database): () => boolean {
  const anything = db
    .prepare<[], 1>(
      `SELECT 1 FROM stock_movement UNION ALL SELECT 1 FROM store_movement
       UNION ALL SELECT 1 FROM stock_count LIMIT 1`,
    )
    .pluck();
  return () => anything.get() === undefined;
}

/**
 * [C1] A level is the sum of signed movements; below zero is a level like any other. [C2] Of a good
 * that was counted it is what was counted and what came after it: `domain/stock/settle.ts`.
 */
export function createStockProjection(db: Database, places: Places) {
  const rows = createStockRows(db, places);
  const bases = createStockBases(db);
  const write = createCountWriter(db);
  const addMovement = db.prepare<[string, number, number, number, string]>(
    "INSERT INTO stock_movement (sku, at_ms, source, delta_milli, reason) VALUES (?, ?, ?, ?, ?)",
  );
  const isUntouched = createIsUntouched(db);
  const dropLost = createDropLost(db);
  // A good that nothing speaks of has no level, as in a fold of everything.
  const forgetLevel = db.prepare<[{ sku: string }]>(
    `DELETE FROM stock_level WHERE sku = $sku
       AND NOT EXISTS (SELECT 1 FROM stock_movement AS m WHERE m.sku = $sku)
       AND NOT EXISTS (SELECT 1 FROM store_movement AS s WHERE s.sku = $sku)
       AND NOT EXISTS (SELECT 1 FROM stock_count AS c WHERE c.sku = $sku)
       AND NOT EXISTS (SELECT 1 FROM stock_base AS b WHERE b.sku = $sku)`,
  );
  const tools = { rows, bases, write };
  const movements = createSettleMovement(tools);
  const settleCounted = createSettleCounted(tools);
  const settleAnew = createSettleAnew(tools);

  /** Places in chains have changed, or a clock is known better: every counted good anew. */
  function settleAllAnew(): void {
    rows.forgetMarks();
    write.moveReadings((source) => places.of(source));
    for (const { source, localAtMs, countId } of write.marks()) {
      const place = places.of(source);
      write.moveMark(countId, place, correctedTime(localAtMs, rows.readingAt(place)));
    }
    rows.forgetMarks();
    for (const sku of write.settledGoods()) settleAnew(sku);
  }

  return {
    moved(moved: readonly StockMovement[], { atMs, source, reason }: Origin) {
      for (const { sku, deltaMilli } of moved) {
        addMovement.run(sku, atMs, source, assertInteger(deltaMilli, "deltaMilli"), reason);
        movements.settle(sku, { atMs, source, deltaMilli });
      }
    },
    /** Listed from `store_movement` itself; only the level is folded. */
    storeMoved({ sku, deltaMilli, atMs }: StoreMovement) {
      movements.settle(sku, {
        atMs,
        source: 0,
        deltaMilli: assertInteger(deltaMilli, "deltaMilli"),
      });
    },
    counted(fact: Fact<"stock.counted">, source: number) {
      movements.forget();
      const place = places.of(source);
      const mark = countMarkOf({ ...fact, ...place }, rows.readingAt(place));
      write.addMark(mark, { localAtMs: fact.atMs, source });
      rows.forgetMarks();
      const { applied } = mark;
      const journal = places.coveredJournal(applied);
      const storeFacts = places.coveredStoreFacts(applied);
      for (const line of fact.payload.lines) {
        const isInBase = bases.isBased(line.sku) && bases.includes(line.sku, { ...fact, place });
        if (!isInBase) settleCounted(mark, line, { journal, storeFacts });
      }
    },
    decided(decision: Decision) {
      write.addDecision(decision);
      const { sku, countId } = decision;
      if (rows.counts(sku).some(({ mark }) => mark.countId === countId)) settleAnew(sku);
    },
    measured(fact: Fact<"clock.measured">, source: number) {
      write.addReading(places.of(source), fact, source);
      // What is here of its chain behind it was read by an older reading, or by none.
      if (places.isLate(source)) settleAllAnew();
    },
    /** [D2] Puts what a snapshot says of these goods in force; `range`: they are all that it has in it. */
    takeBases(page: StockBases, range?: SkuRange) {
      const gone = new Set(bases.keep(page, range));
      if (range !== undefined) for (const sku of dropLost(page, range)) gone.add(sku);
      movements.forget();
      rows.forgetMarks();
      // A new till's hundred thousands of goods: nothing here could change what the cloud says of them.
      const isNew = isUntouched();
      for (const { sku, levelMilli, count } of page.bases) {
        gone.delete(sku);
        if (isNew && count === null) write.setLevel(sku, levelMilli);
        else settleAnew(sku);
      }
      for (const sku of gone) {
        settleAnew(sku);
        forgetLevel.run({ sku });
      }
    },
    renewBases(page: StockBases) {
      const based = page.bases.filter(({ sku }) => bases.isBased(sku));
      if (based.length === 0) return;
      bases.keep({ ...page, bases: based });
      rows.forgetMarks();
      for (const { sku } of based) settleAnew(sku);
    },
    /** [D2] What a fold of everything begins with. */
    beginWithBases: () => bases.putLevels(),
    /** A transaction was taken back. */
    reload() {
      movements.forget();
      rows.forgetMarks();
    },
    settleAllAnew,
  };
}

/**
 * [R3] The store's own movements are the cloud's word. What a page does not include, of goods that it is all
 * about, was said in a life of the cloud that is gone: it is dropped, and the goods are the answer.
 */
function createDropLost(db: Database): (page: StockBases, range: SkuRange) => Set<string> {
  const inRange = db.prepare<
    [string, string | null],
    { movementId: string; sku: string; atMs: number }
  >(
    `SELECT movement_id AS movementId, sku, at_ms AS atMs FROM store_movement
     WHERE sku > ? AND sku <= ifnull(?, sku)`,
  );
  const drop = db.prepare<[string]>("DELETE FROM store_movement WHERE movement_id = ?");
  return (page, { after, upTo }) => {
    const includedAtMs = new Map(page.bases.map(({ sku, storeAtMs }) => [sku, storeAtMs]));
    const lost = inRange
      .all(after ?? "", upTo)
      .filter(({ sku, atMs }) => atMs > (includedAtMs.get(sku) ?? Number.NEGATIVE_INFINITY));
    for (const { movementId } of lost) drop.run(movementId);
    return new Set(lost.map(({ sku }) => sku));
  };
}
