import type { Clock } from "../../domain/values/ports.ts";
import type { Schedule } from "./schedule.ts";

/** A machine's own idea of the time: off by a skew, drifting, and set by people now and then. */
export interface MachineClock extends Clock {
  /** Sets the wall clock forward or back. */
  jump(byMs: number): void;
  /** The clock as one life of a program sees it: after its end nothing it asked for happens. */
  forLife(life: Life): Clock;
}

/** One run of a program, from its start to its end or its crash. */
export interface Life {
  isOver: boolean;
}

export interface ClockFaults {
  /** How far the wall clock is off at first. */
  readonly skewMs: number;
  /** How much faster it runs than true time; negative when slower. */
  readonly driftPpm: number;
}

export function createMachineClock(
  schedule: Schedule,
  /** True time when the schedule began. */
  beganAtMs: number,
  { skewMs, driftPpm }: ClockFaults,
): MachineClock {
  const pace = 1 + driftPpm / 1_000_000;
  let offsetMs = beganAtMs + skewMs;
  const monotonicMs = () => Math.floor(schedule.nowMs() * pace);
  const clock: Clock = {
    now: () => offsetMs + monotonicMs(),
    monotonicMs,
    after: (delayMs, task) => schedule.after(delayMs / pace, task),
  };
  return {
    ...clock,
    jump(byMs) {
      offsetMs += byMs;
    },
    forLife: (life) => ({
      ...clock,
      after: (delayMs, task) =>
        clock.after(delayMs, () => {
          if (!life.isOver) task();
        }),
    }),
  };
}
