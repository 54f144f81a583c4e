import type { Clock } from "../../domain/values/ports.ts";
import type { SyncLedger } from "./ports.ts";
import type { Tuning } from "./tuning.ts";

/** [L2] Whether somebody is at work at this till: then nothing may keep its one thread for long. */
export interface Selling {
  /** Something may have been written. */
  look(): void;
  isNow(): boolean;
}

/** A person's command writes a few facts; more at once were brought in by a program. */
const mostFactsOfACommand = 20;

export function createSelling(
  world: { readonly ledger: Pick<SyncLedger, "head">; readonly clock: Clock },
  tuning: Pick<Tuning, "sellingMs">,
): Selling {
  const { ledger, clock } = world;
  let seq = ledger.head().seq;
  let wroteMs = Number.NEGATIVE_INFINITY;
  return {
    look() {
      const written = ledger.head().seq - seq;
      seq += written;
      if (written > 0 && written <= mostFactsOfACommand) wroteMs = clock.monotonicMs();
    },
    isNow: () => clock.monotonicMs() - wroteMs < tuning.sellingMs,
  };
}
