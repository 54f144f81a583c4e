import { describe, expect, it } from "vitest";
import { countedMinorOf, denominationsOf } from "./denominations.ts";

describe("denominations of a currency", () => {
  it.each(["EUR", "USD", "GBP", "ILS", "CHF", "JPY", "KWD", "HUF"])(
    "%s: positive whole minor units, largest first, none twice",
    (currency) => {
      const values = denominationsOf(currency);
      expect(values.length).toBeGreaterThan(5);
      expect(values.every((value) => Number.isSafeInteger(value) && value > 0)).toBe(true);
      expect([...new Set(values)].toSorted((a, b) => b - a)).toEqual(values);
    },
  );

  it("an unknown currency has none: the cashier counts one amount", () => {
    expect(denominationsOf("XXX")).toEqual([]);
  });

  it("sums what was counted", () => {
    const counted = [
      { valueMinor: 5_000, count: 3 },
      { valueMinor: 5, count: 7 },
    ];
    expect(countedMinorOf(counted)).toBe(15_035);
    expect(countedMinorOf([])).toBe(0);
  });
});
