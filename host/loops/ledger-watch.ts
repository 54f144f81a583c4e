import { setLedgerProblem } from "../announce.ts";
import type { Till } from "../state/till.ts";

/** How often a disk that refused is tried again. */
const tryAgainMs = 2_000;

/**
 * After the disk refused, tries it until it takes again: whoever made room sees the red bar go by itself.
 * Damage is not tried: it does not heal.
 */
export function createLedgerWatch(till: Till) {
  let cancel: (() => void) | null = null;

  function look(): void {
    cancel = null;
    if (till.ledgerProblem === null || till.ledgerProblem === "corrupt") return;
    try {
      till.ledger.tryDisk();
      setLedgerProblem(till, null);
    } catch {
      begin();
    }
  }

  function begin(): void {
    cancel ??= till.world.clock.after(tryAgainMs, look);
  }

  return {
    begin,
    stop(): void {
      cancel?.();
      cancel = null;
    },
  };
}
