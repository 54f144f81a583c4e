import type { Random } from "../../domain/values/ports.ts";
import { assert, present } from "../../domain/values/assert.ts";

/** Chance that comes from the seed and nowhere else. */
export interface Chance extends Random {
  /** A whole number from 0 up to but not `limit`. */
  below(limit: number): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True in about `perMille` of 1,000 cases. */
  happens(perMille: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** An entry, each as often as its weight says. */
  weighed<T extends { readonly weight: number }>(list: readonly T[]): T;
}

const mask = (1n << 64n) - 1n;

/** SplitMix64 (Steele, Lea, Flood 2014): spreads one 64-bit seed over the generator's state. */
function splitMix64(seed: bigint): () => bigint {
  let state = seed & mask;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    return z ^ (z >> 31n);
  };
}

/** FNV-1a, 64 bits: every stream's name makes its own stream of the same seed. */
function hashOf(name: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const char of name)
    hash = ((hash ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n) & mask;
  return hash;
}

const rotate = (x: number, by: number) => ((x << by) | (x >>> (32 - by))) >>> 0;

/**
 * xoshiro128** (Blackman, Vigna 2018), seeded by SplitMix64. Streams of one seed with different
 * names are independent: a new user of chance in one place moves no other.
 */
export function createChance(seed: bigint, stream: string): Chance {
  const seeds = splitMix64(seed ^ hashOf(stream));
  const [first, second] = [seeds(), seeds()];
  let [a, b] = [Number(first & 0xffffffffn), Number(first >> 32n)];
  let [c, d] = [Number(second & 0xffffffffn), Number(second >> 32n)];

  function next(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  }

  function below(limit: number): number {
    assert(limit >= 1 && limit <= 2 ** 32, "a limit of chance");
    return Math.floor((next() / 2 ** 32) * limit);
  }

  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => next() >>> 24),
    below,
    between: (least, most) => least + below(most - least + 1),
    happens: (perMille) => perMille > 0 && below(1_000) < perMille,
    pick: (list) => present(list[below(list.length)], "something to pick"),
    weighed(list) {
      let rest = below(list.reduce((sum, { weight }) => sum + weight, 0));
      for (const entry of list) {
        if (rest < entry.weight) return entry;
        rest -= entry.weight;
      }
      throw new Error("nothing has weight");
    },
  };
}
