import { describe, expect, it } from "vitest";
import { allocate, mulDiv } from "./rounding.ts";

describe("mulDiv", () => {
  it.each([
    [5, 1, 10, "half-away", 1],
    [-5, 1, 10, "half-away", -1],
    [5, 1, 10, "half-even", 0],
    [15, 1, 10, "half-even", 2],
    [19, 1, 10, "down", 1],
    [-19, 1, 10, "down", -1],
    [11, 1, 10, "up", 2],
    [0, 7, 3, "up", 0],
  ] as const)("%i × %i ÷ %i, %s = %i", (value, numerator, denominator, rounding, expected) => {
    expect(mulDiv(value, numerator, denominator, rounding)).toBe(expected);
  });

  it("stays exact where a double would not", () => {
    // 9_007_199_254_740_991 × 999_999 ÷ 1_000_000 = 9_007_190_247_541_736.259…
    expect(mulDiv(Number.MAX_SAFE_INTEGER, 999_999, 1_000_000, "half-away")).toBe(
      9_007_190_247_541_736,
    );
  });

  it("refuses what it could not hold", () => {
    expect(() => mulDiv(Number.MAX_SAFE_INTEGER, 2, 1, "down")).toThrow("rounded result");
    expect(() => mulDiv(1.5, 1, 1, "down")).toThrow("value is not a safe integer");
  });
});

describe("allocate", () => {
  it("gives the odd cents to the largest remainders, earlier first", () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(5, [3, 7])).toEqual([2, 3]);
    expect(allocate(7, [0, 0])).toEqual([7, 0]);
  });

  it("always sums to the whole, seed 20261123", () => {
    let state = 20_261_123;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state;
    };
    for (let i = 0; i < 2_000; i++) {
      const weights = Array.from({ length: 1 + (next() % 12) }, () => next() % 10_000);
      const total = (next() % 2_000_001) - 1_000_000;
      const parts = allocate(total, weights);
      expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
    }
  });
});
