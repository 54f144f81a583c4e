import { describe, expect, it } from "vitest";
import { fullJitterMs } from "./backoff.ts";
import { createSeededRandom } from "./virtual-clock.ts";

describe("fullJitterMs", () => {
  it("[L1] is any millisecond up to the doubled base, never past the cap, seed 20261123", () => {
    const random = createSeededRandom(20_261_123);
    const backoff = { baseMs: 500, capMs: 3_000 };
    for (const [failures, ceiling] of [
      [1, 500],
      [2, 1_000],
      [3, 2_000],
      [4, 3_000],
      [50, 3_000],
    ] as const) {
      const drawn = Array.from({ length: 2_000 }, () => fullJitterMs(failures, backoff, random));
      expect(Math.max(...drawn)).toBeLessThanOrEqual(ceiling);
      expect(Math.max(...drawn)).toBeGreaterThan(ceiling * 0.95);
      expect(Math.min(...drawn)).toBeLessThan(ceiling * 0.05);
      const mean = drawn.reduce((sum, ms) => sum + ms, 0) / drawn.length;
      expect(Math.abs(mean - ceiling / 2)).toBeLessThan(ceiling * 0.03);
    }
  });

  it("[L1] reaches both ends", () => {
    const all = (byte: number) => ({ bytes: (count: number) => new Uint8Array(count).fill(byte) });
    expect(fullJitterMs(1, { baseMs: 500, capMs: 3_000 }, all(0))).toBe(0);
    expect(fullJitterMs(9, { baseMs: 500, capMs: 3_000 }, all(255))).toBe(3_000);
  });
});
