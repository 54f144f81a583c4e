import { ledgerProblemOf } from "../../ledger/problem.ts";
import { noteHighWater } from "../state/numbers-used.ts";
import type { Till } from "../state/till.ts";

/** How long nobody must have sold anything before the log is moved into the database file. */
const quietMs = 3_000;

/** Moves SQLite's log into the database in quiet moments, so that no customer waits for it. */
export function createCheckpointLoop(till: Till) {
  const { clock } = till.world;
  let cancel: (() => void) | null = null;
  let writtenAtMs = 0;

  /** One timer for a whole rush: a sale only notes its time. */
  function look(): void {
    const restMs = writtenAtMs + quietMs - clock.monotonicMs();
    cancel = restMs > 0 ? clock.after(restMs, look) : null;
    if (cancel === null) run();
  }

  /**
   * A day counts from the last command as well: a clock that jumped ahead must not make its retry, which may be
   * under way, a new command.
   */
  function prune(): void {
    const { commands } = till.ledger;
    const lastMs = commands.lastAtMs();
    if (lastMs !== null) commands.prune(Math.min(clock.now(), lastMs) - 86_400_000);
  }

  function run(): void {
    try {
      till.ledger.checkpoint();
      noteHighWater(till);
      prune();
    } catch (error) {
      const problem = ledgerProblemOf(error);
      if (problem === null) throw error;
      till.world.log.warn("ledger.checkpoint", { problem });
    }
  }

  return {
    /** Something was written: wait for quiet again. */
    quietSoon(): void {
      writtenAtMs = clock.monotonicMs();
      cancel ??= clock.after(quietMs, look);
    },
    stop(): void {
      cancel?.();
      cancel = null;
    },
  };
}
