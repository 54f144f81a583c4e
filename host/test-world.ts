import type { Clock, Random } from "../domain/values/ports.ts";
import type { World } from "./world.ts";

/** A world for tests: time stands still until told, chance comes from a seed, nothing is connected. */
export interface TestWorld extends World {
  readonly clock: TestClock;
}

export interface TestClock extends Clock {
  /** Moves time on and runs what became due, in order. */
  advance(ms: number): void;
}

export function testWorld(seed: number, parts: Partial<Omit<World, "clock">> = {}): TestWorld {
  return {
    clock: testClock(Date.UTC(2026, 10, 23, 9, 0, 0)),
    random: testRandom(seed),
    log: { info() {}, warn() {}, error() {} },
    transport: null,
    devices: { printer: null, scanners: [], payment: null },
    ...parts,
  };
}

function testClock(startMs: number): TestClock {
  let nowMs = startMs;
  const tasks = new Set<{ atMs: number; task: () => void }>();
  return {
    now: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    advance(ms) {
      nowMs += ms;
      for (const entry of [...tasks].toSorted((a, b) => a.atMs - b.atMs)) {
        if (entry.atMs > nowMs || !tasks.delete(entry)) continue;
        entry.task();
      }
    },
  };
}

/** SplitMix64: every seed its own stream of bytes. */
function testRandom(seed: number): Random {
  let state = BigInt(seed);
  const mask = (1n << 64n) - 1n;
  return {
    bytes(count) {
      const bytes = new Uint8Array(count);
      for (let i = 0; i < count; i++) {
        state = (state + 0x9e3779b97f4a7c15n) & mask;
        let z = state;
        z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
        z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
        bytes[i] = Number((z ^ (z >> 31n)) & 0xffn);
      }
      return bytes;
    },
  };
}
