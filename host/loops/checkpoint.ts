import { ledgerProblemOf } from "../../ledger/problem.ts";
import type { Till } from "../state/till.ts";

/** How long nobody must have sold anything before the log is moved into the database file. */
const quietMs = 3_000;

/** Moves SQLite's log into the database in quiet moments, so that no customer waits for it. */
export function createCheckpointLoop(till: Till) {
  let cancel: (() => void) | null = null;

  function run(): void {
    cancel = null;
    try {
      till.ledger.checkpoint();
      till.ledger.commands.prune(till.world.clock.now() - 86_400_000);
    } catch (error) {
      const problem = ledgerProblemOf(error);
      if (problem === null) throw error;
      till.world.log.warn("ledger.checkpoint", { problem });
    }
  }

  return {
    /** Something was written: wait for quiet again. */
    quietSoon(): void {
      cancel?.();
      cancel = till.world.clock.after(quietMs, run);
    },
    stop(): void {
      cancel?.();
      cancel = null;
    },
  };
}
