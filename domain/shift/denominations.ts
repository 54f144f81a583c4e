import type { Denomination } from "../facts/payloads.ts";
import { assertInteger } from "../values/assert.ts";

/**
 * Notes and coins in circulation, largest first, in minor units of each currency (ISO 4217 exponents:
 * JPY 0, KWD 3, the rest 2). A value that exists as a note and as a coin stands once: it is counted together.
 * Sources: the issuing central banks' lists of legal tender, 2025.
 */
const inCirculation: Readonly<Record<string, readonly number[]>> = {
  EUR: [...[50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500], ...[200, 100, 50, 20, 10, 5, 2, 1]],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
  GBP: [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  ILS: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 10],
  CHF: [100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  CAD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 25, 10, 5],
  AUD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  NZD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
  SEK: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  NOK: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100],
  DKK: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
  PLN: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  CZK: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  HUF: [
    ...[2_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000],
    ...[20_000, 10_000, 5_000, 2_000, 1_000, 500],
  ],
  JPY: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1],
  KWD: [20_000, 10_000, 5_000, 1_000, 500, 250, 100, 50, 20, 10, 5],
};

/** What a drawer of `currency` (ISO 4217) can hold, largest first. Empty where we do not know: count one amount. */
export function denominationsOf(currency: string): readonly number[] {
  return inCirculation[currency] ?? [];
}

/** What was counted, in minor units. */
export function countedMinorOf(counted: readonly Denomination[]): number {
  const total = counted.reduce((sum, { valueMinor, count }) => sum + valueMinor * count, 0);
  return assertInteger(total, "counted cash");
}
