import type { Clock } from "../../domain/values/ports.ts";

/* oxlint-disable no-restricted-properties -- the virtual devices are a program of their own: a shell */

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
