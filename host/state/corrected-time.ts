import type { Till } from "./till.ts";

/** The store's time as far as this till knows it: its own clock, corrected by what the cloud's clock said last. */
export function correctedNow(till: Till): number {
  return till.world.clock.now() + (till.loops.syncStatus()?.clockSkewMs ?? 0);
}
