import type { AnyFact, Fact, FactPosition } from "../facts/fact.ts";
import { cloudTime, correctedTime, type ClockReading } from "../values/clock-reading.ts";
import type { Uuid } from "../values/id.ts";
import { decisionOf } from "./decision.ts";
import { movementsOf } from "./movement.ts";
import { comparePlaces, storePlace } from "./place.ts";
import { compareCounts, type CountOfGood, type PlacedMovement, sideOf } from "./relation.ts";

/** Every fact of a store that had an effect, each once, in any order; and its store movements. */
export interface StockSet {
  readonly facts: readonly AnyFact[];
  readonly storeMovements: readonly {
    readonly sku: string;
    readonly deltaMilli: number;
    /** By the cloud's clock. */
    readonly atMs: number;
  }[];
}

/** What the set says of one good. */
export interface StockOfGood {
  readonly levelMilli: number;
  /** In their order. */
  readonly counts: readonly CountedGood[];
  /** Movements assumed to have come after the newest count. */
  readonly uncertain: readonly UncertainMovement[];
}

export interface UncertainMovement {
  readonly place: FactPosition;
  readonly deltaMilli: number;
}

export interface CountedGood {
  readonly countId: Uuid;
  readonly countedMilli: number;
  /** The level just before the count: counted − this is its variance. */
  readonly beforeMilli: number;
}

/**
 * [C2] The reference: stock as a function of the set of facts, written for the eye and not for speed.
 * Ledger, cloud and simulation are compared with it.
 */
export function stockOf(set: StockSet): ReadonlyMap<string, StockOfGood> {
  const movements = movementsBySku(set);
  const counts = countsBySku(set);
  const skus = new Set([...movements.keys(), ...counts.keys()]);
  return new Map(
    [...skus].map((sku) => [sku, stockOfGood(movements.get(sku) ?? [], counts.get(sku) ?? [])]),
  );
}

function stockOfGood(
  movements: readonly PlacedMovement[],
  unordered: readonly CountOfGood[],
): StockOfGood {
  const counts = unordered.toSorted((a, b) => compareCounts(a.mark, b.mark));
  /** What was moved after count n and before count n + 1; 0: before the first. */
  const between = Array.from({ length: counts.length + 1 }, () => 0);
  const uncertain: UncertainMovement[] = [];
  for (const movement of movements) {
    const last = counts.findLastIndex((count) => sideOf(movement, count) !== "before");
    between[last + 1] = (between[last + 1] ?? 0) + movement.deltaMilli;
    const newest = counts.at(-1);
    if (newest !== undefined && sideOf(movement, newest) === "uncertain") {
      const { terminalId, epoch, seq } = movement.place;
      uncertain.push({ place: { terminalId, epoch, seq }, deltaMilli: movement.deltaMilli });
    }
  }
  const levelAfter = (index: number): number =>
    (counts[index]?.countedMilli ?? 0) + (between[index + 1] ?? 0);
  return {
    levelMilli: levelAfter(counts.length - 1),
    counts: counts.map(({ mark, countedMilli }, index) => ({
      countId: mark.countId,
      countedMilli,
      beforeMilli: levelAfter(index - 1),
    })),
    uncertain,
  };
}

function movementsBySku(set: StockSet): Map<string, PlacedMovement[]> {
  const bySku = new Map<string, PlacedMovement[]>();
  for (const fact of set.facts) {
    for (const { sku, deltaMilli } of movementsOf(fact)) {
      const at = () => correctedTime(fact.atMs, readingFor(set.facts, fact));
      addTo(bySku, sku, { deltaMilli, place: fact, atMs: fact.atMs, at });
    }
  }
  for (const { sku, deltaMilli, atMs } of set.storeMovements) {
    addTo(bySku, sku, { deltaMilli, place: storePlace, atMs, at: () => cloudTime(atMs) });
  }
  return bySku;
}

function countsBySku({ facts }: StockSet): Map<string, CountOfGood[]> {
  const decisions = facts.map(decisionOf).filter((decision) => decision !== null);
  const bySku = new Map<string, CountOfGood[]>();
  for (const fact of facts) {
    if (fact.type !== "stock.counted") continue;
    const mark = countMarkOf(fact, readingFor(facts, fact));
    for (const { sku, countedMilli, storeAtMs } of fact.payload.lines) {
      addTo(bySku, sku, {
        mark,
        countedMilli,
        storeAtMs: storeAtMs ?? null,
        decisions: decisions.filter((d) => d.sku === sku && d.countId === fact.id),
      });
    }
  }
  return bySku;
}

/** A count's fact as a moment. */
export function countMarkOf(fact: Fact<"stock.counted">, reading: ClockReading | null) {
  const { terminalId, epoch, seq, atMs, id, payload } = fact;
  const { countedAtMs, applied } = payload;
  const at = correctedTime(atMs, reading);
  return { terminalId, epoch, seq, countId: id, countedAtMs, at, applied };
}

/** [L1] The last clock reading before a fact in its own terminal's journal. */
function readingFor(facts: readonly AnyFact[], { terminalId, epoch, seq }: FactPosition) {
  let last: Fact<"clock.measured"> | null = null;
  for (const fact of facts) {
    if (fact.type !== "clock.measured" || fact.terminalId !== terminalId) continue;
    if (comparePlaces(fact, { epoch, seq }) >= 0) continue;
    if (last === null || comparePlaces(fact, last) > 0) last = fact;
  }
  return last === null ? null : { ...last.payload, atMs: last.atMs };
}

function addTo<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
