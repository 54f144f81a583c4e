/**
 * [U6] How long a line is waited for. A time limit that suits a shop's fibre would cut every call on a
 * mobile link of 56 kbit/s in two, for ever: so a limit grows with what is sent, and doubles when
 * it was not enough.
 */
export interface Patience {
  /** How long a call of `bytes` may take that usually ends within `usualMs`. */
  limitMs(usualMs: number, bytes: number): number;
  answered(pace: Pace): void;
  timedOut(): void;
  /** Bytes cost more than the work of packing them. */
  isSlow(): boolean;
}

/** How long an answer took: less than `quickMs`, more than `slowMs`, or between. */
export type Pace = "quick" | "usual" | "slow";

export const quickMs = 150;
export const slowMs = 500;

/** A modem of 1995 under bad weather. */
const slowestBytesPerMs = 2;
const mostTimes = 8;
/** Whoever has not answered by then will not. */
const longestMs = 120_000;
export function createPatience(): Patience {
  let times = 1;
  let isSlow = false;
  return {
    limitMs: (usualMs, bytes) => Math.min(longestMs, usualMs * times + bytes / slowestBytesPerMs),
    answered(pace) {
      if (pace === "slow") isSlow = true;
      if (pace !== "quick") return;
      isSlow = false;
      times = Math.max(1, times / 2);
    },
    timedOut() {
      isSlow = true;
      times = Math.min(mostTimes, times * 2);
    },
    isSlow: () => isSlow,
  };
}
