import type { Clock, Log, Random } from "../../domain/values/ports.ts";
import { fullJitterMs } from "./backoff.ts";
import type { Line } from "./line.ts";
import { createPause } from "./pause.ts";
import { TransportError } from "./ports.ts";
import type { Tuning } from "./tuning.ts";

/** One kind of work over the line, step by step: sending, receiving, comparing. */
export interface Lane {
  run(): Promise<void>;
  /** There may be work. */
  wake(): void;
  /** What stands in this lane's way while the line is up; null when nothing does. */
  trouble(): Error | null;
  stop(): void;
}

export interface LaneWorld {
  readonly name: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly tuning: Tuning;
  readonly line: Line;
  /** Does one piece of work: `again` when there is more, `idle` when there is none. */
  readonly step: () => Promise<"again" | "idle">;
  /** How long to sleep when there is none; a wake ends it. */
  readonly idleMs: () => number;
  readonly onChange: () => void;
}

/** [L1] Lanes do not wait for one another: a download that fails keeps no sale here, nor the reverse. */
export function createLane(world: LaneWorld): Lane {
  const { name, clock, line, log, tuning } = world;
  const pause = createPause(clock);
  let failures = 0;
  let trouble: Error | null = null;

  async function once(): Promise<void> {
    try {
      pause.forgetWake();
      const outcome = await world.step();
      failures = 0;
      trouble = null;
      world.onChange();
      if (outcome === "idle") await pause.sleep(world.idleMs());
    } catch (error) {
      // The line went down: what to do about it is the line's business.
      if (!line.isUp()) return;
      failures += 1;
      trouble = error instanceof Error ? error : new Error(String(error));
      log.error("sync.lane.failed", { lane: name, why: trouble.message, failures });
      world.onChange();
      await pause.sleep(delayMs(trouble, failures, world), tuning.probeSpacingMs);
    }
  }

  return {
    async run() {
      while (!pause.hasEnded()) {
        await line.whenUp();
        if (!pause.hasEnded()) await once();
      }
    },
    wake: () => pause.wake(),
    trouble: () => trouble,
    stop: () => pause.end(),
  };
}

/** What the cloud refuses it will refuse again soon; what failed here (a full disk) may pass. */
function delayMs(trouble: Error, failures: number, { tuning, random }: LaneWorld): number {
  if (trouble instanceof TransportError) return tuning.patientMs;
  const backoff = { baseMs: tuning.backoffBaseMs, capMs: tuning.backoffCapMs };
  return fullJitterMs(failures, backoff, random);
}
