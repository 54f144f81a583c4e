import type { Clock, Log, Random } from "../../domain/values/ports.ts";
import { fullJitterMs } from "./backoff.ts";
import { isLineTrouble, type Line } from "./line.ts";
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

/**
 * [L1] Lanes do not wait for one another: a download that fails keeps no sale here, nor the
 * reverse.
 */
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
      failures += 1;
      trouble = error instanceof Error ? error : new Error(String(error));
      world.onChange();
      await pauseAfter(trouble);
    }
  }

  async function pauseAfter(error: Error): Promise<void> {
    const waitMs = delayMs(error, failures, world);
    if (isLineTrouble(error)) {
      // The way to the cloud is the line's business; what fails again when it is back is ours, and
      // no wake shortens the wait: the line's own return is one.
      if (waitMs > 0) await pause.sleep(waitMs, waitMs);
      return;
    }
    log.error("sync.lane.failed", { lane: name, why: error.message, failures });
    await pause.sleep(waitMs, tuning.probeSpacingMs);
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

/**
 * What the cloud refuses it will refuse again soon; what failed here (a full disk) may pass. After
 * trouble with the line the first try is at once, when it is up again; a cloud that answers
 * questions and fails at the work is not hammered either.
 */
function delayMs(trouble: Error, failures: number, { tuning, random }: LaneWorld): number {
  const backoff = { baseMs: tuning.backoffBaseMs, capMs: tuning.backoffCapMs };
  if (isLineTrouble(trouble))
    return failures === 1 ? 0 : fullJitterMs(failures - 1, backoff, random);
  if (trouble instanceof TransportError) return tuning.patientMs;
  return fullJitterMs(failures, backoff, random);
}
