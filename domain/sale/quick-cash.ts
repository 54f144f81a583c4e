import { denominationsOf } from "../shift/denominations.ts";

/** How many suggestions a cashier takes in at a glance. */
const suggestions = 4;

/**
 * What people hand over for `dueMinor`: exactly it, then the next round amounts made of one kind of note.
 * Ascending, in minor units; empty when nothing is owed.
 */
export function quickCash(dueMinor: number, currency: string): number[] {
  if (dueMinor <= 0) return [];
  const rounded = denominationsOf(currency)
    .filter((value) => value >= smallestNote(currency))
    .map((value) => Math.ceil(dueMinor / value) * value);
  const all = [...new Set([dueMinor, ...rounded])].toSorted((a, b) => a - b);
  return all.slice(0, suggestions);
}

/** Below this nobody rounds up. The larger half of what circulates is notes, near enough. */
function smallestNote(currency: string): number {
  const values = denominationsOf(currency);
  return values[Math.floor(values.length / 2) - 1] ?? Number.POSITIVE_INFINITY;
}
