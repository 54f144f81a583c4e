import type { FactPosition } from "../../domain/facts/fact.ts";
import { sideOf } from "../../domain/stock/relation.ts";
import { type SettledStock, settleCount, settleMovement } from "../../domain/stock/settle.ts";
import type { CountMark } from "../../domain/stock/stock-base.ts";
import type { CountedLine } from "../../domain/stock/stock-facts.ts";
import type { createCountWriter } from "./count-writer.ts";
import type { createStockBases } from "./stock-bases.ts";
import { type createStockRows, fromTheBeginning, type LookFrom, type Moved } from "./stock-rows.ts";

const mostPlainGoods = 10_000;

export interface StockTools {
  readonly rows: ReturnType<typeof createStockRows>;
  readonly bases: ReturnType<typeof createStockBases>;
  readonly write: ReturnType<typeof createCountWriter>;
}

/** [C2] Adds one movement to the stock of its good. */
export function createSettleMovement({ rows, bases, write }: StockTools) {
  /** Goods without a base and never counted: a sale of those looks for neither again. */
  const plain = new Set<string>();

  function settle(sku: string, moved: Moved): void {
    if (plain.has(sku)) return write.addLevel(sku, moved.deltaMilli);
    const newest = rows.newest(sku);
    const isBased = bases.isBased(sku);
    if (newest === null && !isBased) {
      if (plain.size >= mostPlainGoods) plain.clear();
      plain.add(sku);
      return write.addLevel(sku, moved.deltaMilli);
    }
    const movement = rows.entry(moved);
    const side = newest === null ? "after" : sideOf(movement, newest);
    if (side === "uncertain") write.addUncertain(sku, moved);
    if (isBased && bases.includes(sku, movement)) return;
    if (side !== "before") return write.addLevel(sku, moved.deltaMilli);
    const stock = rows.stock(sku);
    settleMovement(stock, movement);
    write.save(sku, stock);
  }

  return {
    settle,
    /** A good was counted, got a base, or a transaction was taken back. */
    forget: () => plain.clear(),
  };
}

/** [C2] Puts one line of a count among the others of its good. */
export function createSettleCounted(tools: StockTools) {
  const { rows, write } = tools;
  return (mark: CountMark, line: CountedLine, from: Omit<LookFrom, "storeAtMs">): void => {
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
  };
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
export function createSettleAnew(tools: StockTools): (sku: string) => void {
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
      // [R3] Only an older snapshot knew it, of a life of the cloud that is gone.
      if (!rows.isFact(countId)) continue;
      settleCount(stock, count, known);
    }
    write.replace(sku, stock, baseCount?.countId ?? null);
    noteUncertain(tools, sku, moved);
  };
}
