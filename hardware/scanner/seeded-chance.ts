import { assert } from "../../domain/values/assert.ts";

/** Chance that repeats itself: the same seed, the same run. For tests and virtual devices only. */
export interface SeededChance {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
}

/** mulberry32 (public domain): 2^32 different runs, one a seed. */
export function chanceFrom(seed: number): SeededChance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit);
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    pick: <T>(list: readonly T[]) => {
      assert(list.length > 0, "nothing to pick from");
      return list[below(list.length)] as T;
    },
  };
}
