import type { Database } from "better-sqlite3";
import type { Fact, FactPosition } from "../../domain/facts/fact.ts";
import type { Decision } from "../../domain/stock/decision.ts";
import { sideOf } from "../../domain/stock/relation.ts";
import type { StockMovement } from "../../domain/stock/movement.ts";
import { type SettledStock, settleCount, settleMovement } from "../../domain/stock/settle.ts";
import type { CountMark, StockBases } from "../../domain/stock/stock-base.ts";
import type { CountedLine, MoveReason } from "../../domain/stock/stock-facts.ts";
import { countMarkOf } from "../../domain/stock/stock-of.ts";
import { assertInteger } from "../../domain/values/assert.ts";
import { correctedTime } from "../../domain/values/clock-reading.ts";
import type { Places } from "../tables/places.ts";
import { createCountWriter } from "./count-writer.ts";
import { createStockBases } from "./stock-bases.ts";
import { createStockRows, fromTheBeginning, type LookFrom, type Moved } from "./stock-rows.ts";

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
  const anything = db
    .prepare<[], 1>(
      `SELECT 1 FROM stock_movement UNION ALL SELECT 1 FROM store_movement
       UNION ALL SELECT 1 FROM stock_count LIMIT 1`,
    )
    .pluck();
  const settleAnew = createSettleAnew({ rows, bases, write });
  /** Goods without a base and never counted: a sale of those looks for neither again. */
  const plain = new Set<string>();

  function settle(sku: string, moved: Moved): void {
    if (plain.has(sku)) return write.addLevel(sku, moved.deltaMilli);
    const newestHere = rows.newest(sku);
    if (newestHere === null && !bases.isBased(sku)) {
      if (plain.size >= mostPlainGoods) plain.clear();
      plain.add(sku);
      return write.addLevel(sku, moved.deltaMilli);
    }
    const movement = rows.entry(moved);
    const isInBase = bases.isBased(sku) && bases.includes(sku, movement);
    const side = newestHere === null ? "after" : sideOf(movement, newestHere);
    if (side === "uncertain") write.addUncertain(sku, moved);
    if (isInBase) return;
    if (side !== "before") return write.addLevel(sku, moved.deltaMilli);
    const stock = rows.stock(sku);
    settleMovement(stock, movement);
    write.save(sku, stock);
  }

  function count(mark: CountMark, line: CountedLine, from: Omit<LookFrom, "storeAtMs">): void {
    const { sku, countedMilli, storeAtMs = null } = line;
    const stock = rows.stock(sku);
    const storeFrom = storeAtMs ?? fromTheBeginning.storeAtMs;
    const moved = rows.moved(sku, { ...from, storeAtMs: storeFrom });
    const known = moved.map((row) => rows.entry(row));
    const decisions = rows.decisions(sku, mark.countId);
    settleCount(stock, { mark, countedMilli, storeAtMs, decisions }, known);
    write.addCount(mark, line);
    write.save(sku, stock);
    if (stock.counts.at(-1)?.mark.countId === mark.countId) noteUncertain(tools, sku, moved);
  }

  const tools = { rows, bases, write };
  return {
    moved(movements: readonly StockMovement[], { atMs, source, reason }: Origin) {
      for (const { sku, deltaMilli } of movements) {
        addMovement.run(sku, atMs, source, assertInteger(deltaMilli, "deltaMilli"), reason);
        settle(sku, { atMs, source, deltaMilli });
      }
    },
    /** Listed from `store_movement` itself; only the level is folded. */
    storeMoved({ sku, deltaMilli, atMs }: StoreMovement) {
      settle(sku, { atMs, source: 0, deltaMilli: assertInteger(deltaMilli, "deltaMilli") });
    },
    counted(fact: Fact<"stock.counted">, source: number) {
      plain.clear();
      const place = places.of(source);
      const mark = countMarkOf({ ...fact, ...place }, rows.readingAt(place));
      write.addMark(mark, { localAtMs: fact.atMs, source });
      rows.forgetMarks();
      const { applied } = mark;
      const journal = places.coveredJournal(applied);
      const storeFacts = places.coveredStoreFacts(applied);
      for (const line of fact.payload.lines) {
        const isInBase = bases.isBased(line.sku) && bases.includes(line.sku, { ...fact, place });
        if (!isInBase) count(mark, line, { journal, storeFacts });
      }
    },
    decided(decision: Decision) {
      write.addDecision(decision);
      const { sku, countId } = decision;
      if (rows.counts(sku).some(({ mark }) => mark.countId === countId)) settleAnew(sku);
    },
    measured(fact: Fact<"clock.measured">, source: number) {
      write.addReading(places.of(source), fact, source);
    },
    /** [D2] Puts what a snapshot says of these goods in force. */
    takeBases(page: StockBases) {
      bases.keep(page);
      plain.clear();
      rows.forgetMarks();
      // A new till's hundred thousands of goods: nothing here could change what the cloud says of them.
      const isNew = anything.get() === undefined;
      for (const { sku, levelMilli, count } of page.bases) {
        if (isNew && count === null) write.setLevel(sku, levelMilli);
        else settleAnew(sku);
      }
    },
    /** [D2] The store knows nothing of these goods' stock any more. */
    dropBases(skus: readonly string[]) {
      plain.clear();
      for (const sku of skus) {
        bases.drop(sku);
        settleAnew(sku);
      }
    },
    /** [D2] What a fold of everything begins with. */
    beginWithBases: () => bases.putLevels(),
    reload: () => plain.clear(),
    /** Places in chains have changed, or a clock is known better: every counted good anew. */
    settleAllAnew() {
      rows.forgetMarks();
      write.moveReadings((source) => places.of(source));
      for (const { source, localAtMs, countId } of write.marks()) {
        const place = places.of(source);
        write.moveMark(countId, place, correctedTime(localAtMs, rows.readingAt(place)));
      }
      rows.forgetMarks();
      for (const sku of write.settledGoods()) settleAnew(sku);
    },
  };
}

const mostPlainGoods = 10_000;

interface StockTools {
  readonly rows: ReturnType<typeof createStockRows>;
  readonly bases: ReturnType<typeof createStockBases>;
  readonly write: ReturnType<typeof createCountWriter>;
}

/** Of a good whose newest count or decisions changed. `known`: all that may be uncertain. */
function noteUncertain({ rows, write }: StockTools, sku: string, known: readonly Moved[]): void {
  const newest = rows.newest(sku);
  write.forgetUncertain(sku);
  if (newest === null) return;
  for (const moved of known) {
    if (sideOf(rows.entry(moved), newest) === "uncertain") write.addUncertain(sku, moved);
  }
}

/** Everything of one good again: from its base, and every movement and count that is here. */
function createSettleAnew(tools: StockTools): (sku: string) => void {
  const { rows, bases, write } = tools;
  return (sku) => {
    const base = bases.base(sku);
    const stock: SettledStock = { levelMilli: base?.levelMilli ?? 0, counts: [] };
    const baseCount = base?.count ?? null;
    if (baseCount !== null) {
      const { countId, countedMilli, beforeMilli, storeAtMs = null } = baseCount;
      const decisions = rows.decisions(sku, countId);
      const mark = rows.mark(countId);
      stock.counts.push({ mark, countedMilli, beforeMilli, storeAtMs, decisions });
    }
    const isInBase = (what: { readonly place: FactPosition; readonly atMs: number }) =>
      base !== null && bases.includes(sku, what);
    const moved = rows.moved(sku, fromTheBeginning);
    const known = moved.map((row) => rows.entry(row));
    for (const movement of known) if (!isInBase(movement)) settleMovement(stock, movement);
    for (const count of rows.counts(sku)) {
      const { countId } = count.mark;
      if (countId === baseCount?.countId || isInBase({ place: count.mark, atMs: 0 })) continue;
      settleCount(stock, count, known);
    }
    write.replace(sku, stock, baseCount?.countId ?? null);
    noteUncertain(tools, sku, moved);
  };
}
