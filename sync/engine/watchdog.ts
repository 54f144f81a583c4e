import type { Clock } from "../../domain/values/ports.ts";
import type { Line } from "./line.ts";
import type { SyncLedger } from "./ports.ts";
import type { Tuning } from "./tuning.ts";

/** [L1] Watches that facts move on while the cloud can be reached, and that every call ends. */
export interface Watchdog {
  start(): void;
  stop(): void;
}

export interface WatchdogWorld {
  readonly clock: Clock;
  readonly line: Line;
  readonly ledger: Pick<SyncLedger, "acked" | "backlog">;
  readonly tuning: Tuning;
  /** The cloud refuses what is first in the queue: building anew would not help. */
  readonly isRefused: () => boolean;
  readonly onStuck: (why: string) => void;
}

export function createWatchdog(world: WatchdogWorld): Watchdog {
  const { clock, line, ledger, tuning } = world;
  let cancel: () => void = () => undefined;
  let movedMs = clock.monotonicMs();
  let lastMark = "";

  function look(): void {
    const { epoch, seq } = ledger.acked();
    const mark = `${epoch}/${seq}`;
    if (mark !== lastMark || ledger.backlog().count === 0) movedMs = clock.monotonicMs();
    lastMark = mark;
    const why = complaint();
    if (why !== null) {
      movedMs = clock.monotonicMs();
      world.onStuck(why);
    }
    cancel = clock.after(tuning.watchdogMs, look);
  }

  function complaint(): string | null {
    if (line.longestCallMs() > tuning.endlessCallMs) return "a call does not end";
    const sinceAnswerMs = line.sinceAnswerMs();
    // [U6] On a slow line what looks stuck is on its way: a batch takes a few times what a question took.
    const stuckMs = tuning.stuckMs + 4 * line.lastTookMs();
    const isReachable = sinceAnswerMs !== null && sinceAnswerMs < stuckMs;
    const standsMs = clock.monotonicMs() - movedMs;
    if (!isReachable || world.isRefused() || standsMs < stuckMs) return null;
    return "facts wait though the cloud answers";
  }

  return {
    start() {
      cancel = clock.after(tuning.watchdogMs, look);
    },
    stop() {
      cancel();
    },
  };
}
