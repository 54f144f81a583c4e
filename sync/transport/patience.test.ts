import { describe, expect, it } from "vitest";
import { createPatience } from "./patience.ts";

describe("patience", () => {
  it("[U6] grows with what is sent, so that 56 kbit/s is enough for any batch", () => {
    const patience = createPatience();
    expect(patience.limitMs(4_000, 0)).toBe(4_000);
    // 60 kB take 9 s at 56 kbit/s, and twice that when a fifth of the packets is lost.
    expect(patience.limitMs(15_000, 60_000)).toBeGreaterThan(40_000);
  });

  it("[U6] doubles when it was not enough, and comes back with quick answers", () => {
    const patience = createPatience();
    for (let i = 0; i < 9; i++) patience.timedOut();
    expect(patience.limitMs(4_000, 0)).toBe(32_000);
    patience.answered("slow");
    expect([patience.limitMs(4_000, 0), patience.isSlow()]).toEqual([32_000, true]);
    for (let i = 0; i < 3; i++) patience.answered("quick");
    expect([patience.limitMs(4_000, 0), patience.isSlow()]).toEqual([4_000, false]);
  });

  it("[L1] has an end", () => {
    const patience = createPatience();
    for (let i = 0; i < 9; i++) patience.timedOut();
    expect(patience.limitMs(15_000, 1_000_000)).toBe(120_000);
  });
});
