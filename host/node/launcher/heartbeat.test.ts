import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Heartbeat, watchHeartbeat } from "./heartbeat.ts";

const patienceMs = 30_000;
let nowMs: number;
let asked: number;
let silent: number;
let heartbeat: Heartbeat;

beforeEach(() => {
  vi.useFakeTimers();
  [nowMs, asked, silent] = [0, 0, 0];
  heartbeat = watchHeartbeat({
    ask: () => asked++,
    onSilent: () => silent++,
    patienceMs,
    nowMs: () => nowMs,
  });
});
afterEach(() => {
  heartbeat.stop();
  vi.useRealTimers();
});

/** Time passes in steps, as it does; `answers`: the program says something at each. */
function pass(ms: number, answers: boolean): void {
  for (let passed = 0; passed < ms; passed += 1_000) {
    nowMs += 1_000;
    vi.advanceTimersByTime(1_000);
    if (answers) heartbeat.heard();
  }
}

describe("a program's heartbeat", () => {
  it("one that answers is left alone", () => {
    pass(600_000, true);
    expect(silent).toBe(0);
    expect(asked).toBe(120);
  });

  it("one that says nothing is given up after the patience, once", () => {
    pass(60_000, true);
    pass(patienceMs - 1_000, false);
    expect(silent).toBe(0);
    pass(600_000, false);
    expect(silent).toBe(1);
  });

  it("one that answers late is left alone", () => {
    pass(patienceMs - 5_000, false);
    pass(1_000, true);
    pass(patienceMs - 5_000, false);
    expect(silent).toBe(0);
  });

  it("a machine that slept gives it the whole patience again", () => {
    nowMs += 8 * 3_600_000;
    pass(patienceMs - 5_000, false);
    expect(silent).toBe(0);
    pass(10_000, false);
    expect(silent).toBe(1);
  });
});
