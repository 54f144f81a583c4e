import type { Decision } from "./decision.ts";
import { compareCounts, type CountOfGood, type PlacedMovement, sideOf } from "./relation.ts";

/**
 * [C2] The stock of one good, cut into segments by its counts. A movement belongs to the segment
 * that begins with the last count it came after; segment 0 lies before the first count. What a
 * segment adds up to is the next count's `beforeMilli`, of the last segment the level itself. So
 * level = all movements + the variances of all counts, and nothing but sums has to be kept.
 *
 * The same steps serve the ledger, the cloud, and replay: in whatever order facts arrive, the sums
 * are the same.
 */
export interface SettledStock {
  levelMilli: number;
  /** In the order of counts. */
  readonly counts: SettledCount[];
}

export interface SettledCount extends CountOfGood {
  /** The level just before it. */
  beforeMilli: number;
}

/** Where a movement stands. */
export interface Settled {
  readonly movement: PlacedMovement;
  readonly segment: number;
  /** Its place after the newest count is assumed, and nobody decided yet. */
  readonly isUncertain: boolean;
}

/** Adds a movement that just became known. */
export function settleMovement(stock: SettledStock, movement: PlacedMovement): Settled {
  const settled = segmentOf(stock, movement);
  shift(stock, settled.segment, movement.deltaMilli);
  return settled;
}

/**
 * Puts a count among the others. `known`: of the movements that were settled already all those that
 * may stand after it (more do no harm); theirs is the answer.
 */
export function settleCount(
  stock: SettledStock,
  count: CountOfGood,
  known: readonly PlacedMovement[],
): Settled[] {
  const before = known.map((movement) => segmentOf(stock, movement).segment);
  const later = stock.counts.findIndex(({ mark }) => compareCounts(count.mark, mark) < 0);
  const index = later === -1 ? stock.counts.length : later;
  const next = stock.counts[index];
  const beforeMilli = next === undefined ? stock.levelMilli : next.beforeMilli;
  if (next === undefined) stock.levelMilli = count.countedMilli;
  else next.beforeMilli = count.countedMilli;
  stock.counts.splice(index, 0, { ...count, beforeMilli });
  return known.map((movement, i) => {
    const old = before[i] ?? 0;
    return resettle(stock, movement, old > index ? old + 1 : old);
  });
}

/** Lets a person's decision count. `known`: of the settled movements all those it may speak of. */
export function settleDecision(
  stock: SettledStock,
  decision: Decision,
  known: readonly PlacedMovement[],
): Settled[] {
  const before = known.map((movement) => segmentOf(stock, movement).segment);
  for (const [i, count] of stock.counts.entries()) {
    if (count.mark.countId !== decision.countId) continue;
    stock.counts[i] = { ...count, decisions: [...count.decisions, decision] };
  }
  return known.map((movement, i) => resettle(stock, movement, before[i] ?? 0));
}

function resettle(stock: SettledStock, movement: PlacedMovement, old: number): Settled {
  const settled = segmentOf(stock, movement);
  if (settled.segment !== old) {
    shift(stock, old, -movement.deltaMilli);
    shift(stock, settled.segment, movement.deltaMilli);
  }
  return settled;
}

function segmentOf({ counts }: SettledStock, movement: PlacedMovement): Settled {
  for (let segment = counts.length; segment > 0; segment--) {
    const count = counts[segment - 1];
    const side = count === undefined ? "before" : sideOf(movement, count);
    if (side === "before") continue;
    const isUncertain = side === "uncertain" && segment === counts.length;
    return { movement, segment, isUncertain };
  }
  return { movement, segment: 0, isUncertain: false };
}

function shift(stock: SettledStock, segment: number, deltaMilli: number): void {
  const next = stock.counts[segment];
  if (next === undefined) stock.levelMilli += deltaMilli;
  else next.beforeMilli += deltaMilli;
}
