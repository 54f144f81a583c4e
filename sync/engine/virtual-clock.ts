import type { Clock, Random } from "../../domain/values/ports.ts";

/** Time that stands still until somebody moves it: for tests and simulations. */
export interface VirtualClock extends Clock {
  /** Lets time pass: runs what falls due, in order, and whatever that sets off. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock forward or back, as people and time servers do. */
  jump(ms: number): void;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** `settle` resolves when everything that can happen without time passing has happened. */
export function createVirtualClock(startMs: number, settle: () => Promise<void>): VirtualClock {
  const timers = new Set<Timer>();
  let elapsedMs = 0;
  let wallOffsetMs = startMs;
  let order = 0;

  function nextDue(untilMs: number): Timer | undefined {
    return [...timers]
      .filter(({ atMs }) => atMs <= untilMs)
      .toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
  }

  return {
    now: () => wallOffsetMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    after(delayMs, task) {
      order += 1;
      const timer = { atMs: elapsedMs + Math.max(0, delayMs), order, task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await settle();
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        timers.delete(timer);
        elapsedMs = Math.max(elapsedMs, timer.atMs);
        timer.task();
        await settle();
      }
      elapsedMs = untilMs;
    },
    jump(ms) {
      wallOffsetMs += ms;
    },
  };
}

/** Chance that is the same for the same seed: mulberry32. */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % 256;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
}
