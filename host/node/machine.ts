import { hash, randomFillSync } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Clock, Random, Sha256 } from "../../domain/values/ports.ts";

/** Time and chance of the machine this program runs on. */

const longestTimerMs = 2_147_483_647;

export const realClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    // A timer of more than 24 days would fire at once in Node: it is walked in steps.
    let cancel: () => void = () => {};
    if (delayMs > longestTimerMs) {
      const step = () => {
        cancel = realClock.after(delayMs - longestTimerMs, task);
      };
      const timer = setTimeout(step, longestTimerMs);
      cancel = () => clearTimeout(timer);
      return () => cancel();
    }
    const timer = setTimeout(task, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

/** Asked of the system for many ids in one go, as `randomUUID` does: a call costs more than what a sale draws. */
const pool = new Uint8Array(4096);
let poolUsed = pool.length;

export const realRandom: Random = {
  bytes(count) {
    if (count > pool.length) return randomFillSync(new Uint8Array(count));
    if (poolUsed + count > pool.length) {
      randomFillSync(pool);
      poolUsed = 0;
    }
    const bytes = pool.slice(poolUsed, poolUsed + count);
    // What was given out is nobody else's.
    pool.fill(0, poolUsed, poolUsed + count);
    poolUsed += count;
    return bytes;
  },
};

export const sha256: Sha256 = (text) => hash("sha256", text, "hex");
