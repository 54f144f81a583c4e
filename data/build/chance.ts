import { createHash } from "node:crypto";

import type { Department } from "./departments.ts";

/**
 * A whole number below `limit` that depends on nothing but `key`: the builder's only source of
 * variety, so the same input always gives the same catalogue.
 */
function pick(key: string, limit: number): number {
  return createHash("sha256").update(key).digest().readUIntBE(0, 6) % limit;
}

/** Orders goods as if shuffled, the same way every time. */
export function shuffled<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .map((entry) => ({ ...entry, rank: pick(`order ${entry.key}`, 2 ** 48) }))
    .toSorted((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1))
    .map((entry) => entry.row);
}

/**
 * A made-up shelf price, in cents, for a good whose source has none: inside the department's band,
 * cheap goods more often than dear ones, ending in 9 or 5 as shelf prices do.
 */
export function madeUpPriceMinor(code: string, from: Department): number {
  const spread = from.dearestMinor - from.cheapestMinor;
  const chance = pick(`price ${code}`, 1000);
  const rawMinor = from.cheapestMinor + Math.floor((spread * chance * chance) / 1_000_000);
  const ending = pick(`ending ${code}`, 5) === 0 ? 5 : 9;
  return Math.floor(rawMinor / 10) * 10 + ending;
}

/** 649 → "6.49". */
export function decimalText(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
}

/** An opening stock: some goods nearly gone, most with a few dozen, kilograms for weighed goods. */
export function stockText(code: string, unit: "each" | "kg"): string {
  const low = pick(`low ${code}`, 12) === 0;
  if (unit === "each") return String(low ? 1 + pick(`few ${code}`, 5) : 6 + pick(code, 91));
  const grams = low ? 400 + pick(`few ${code}`, 1600) : 4000 + pick(code, 56_000);
  return `${Math.floor(grams / 1000)}.${String(grams % 1000).padStart(3, "0")}`;
}

/** Gives every good a store SKU that survives rebuilding: prefix and six digits from its code. */
export class SkuNumbers {
  readonly #taken = new Set<string>();

  next(prefix: string, code: string): string {
    for (let attempt = 0; ; attempt++) {
      const sku = `${prefix}-${String(100_000 + pick(`sku ${attempt} ${code}`, 900_000))}`;
      if (this.#taken.has(sku)) continue;
      this.#taken.add(sku);
      return sku;
    }
  }
}
