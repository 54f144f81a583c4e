import { describe, expect, it } from "vitest";
import { correctedTime, isWorthRecording } from "./clock-reading.ts";

const reading = { atMs: 1_000_000, skewMs: 2_000, uncertaintyMs: 30 };

describe("correctedTime", () => {
  it("adds the skew; the uncertainty grows by 100 millionths of the time since, on both sides", () => {
    expect(correctedTime(1_000_000, reading)).toEqual({ atMs: 1_002_000, uncertaintyMs: 30 });
    const day = 86_400_000;
    expect(correctedTime(1_000_000 + day, reading).uncertaintyMs).toBe(30 + 8_640);
    expect(correctedTime(1_000_000 - day, reading).uncertaintyMs).toBe(30 + 8_640);
  });

  it("knows no uncertainty of a clock that was never compared", () => {
    expect(correctedTime(5, null)).toEqual({ atMs: 5, uncertaintyMs: null });
  });
});

describe("isWorthRecording", () => {
  const later = (change: object, sinceMs = 0) => ({
    ...reading,
    atMs: reading.atMs + sinceMs,
    ...change,
  });

  it("the first one, and a clock that was set by more than a second", () => {
    expect(isWorthRecording(null, reading)).toBe(true);
    expect(isWorthRecording(reading, later({ skewMs: 3_200 }))).toBe(true);
    expect(isWorthRecording(reading, later({ skewMs: 2_900 }))).toBe(false);
  });

  it("not what a slow answer cannot tell from no change", () => {
    expect(isWorthRecording(reading, later({ skewMs: 3_200, uncertaintyMs: 1_500 }))).toBe(false);
  });

  it("one twice as sharp, where the gain is worth a fact: after some hours, by drift", () => {
    const vague = { ...reading, uncertaintyMs: 1_500 };
    expect(isWorthRecording(vague, later({}))).toBe(true);
    expect(isWorthRecording({ ...reading, uncertaintyMs: 400 }, later({}))).toBe(false);
    expect(isWorthRecording(reading, later({}, 3_600_000))).toBe(false);
    expect(isWorthRecording(reading, later({}, 6 * 3_600_000))).toBe(true);
  });
});
