/**
 * [U6] How long a line is waited for. A time limit that suits a shop's fibre would cut every call on a
 * mobile link of 56 kbit/s in two, for ever: so a limit grows with what is sent, and doubles when
 * it was not enough.
 */
export interface Patience {
  /** How long a call of `bytes` may take that usually ends within `usualMs`. */
  limitMs(usualMs: number, bytes: number): number;
  answered(tookMs: number): void;
  timedOut(): void;
  /** Bytes cost more than the work of packing them. */
  isSlow(): boolean;
}

/** A modem of 1995 under bad weather. */
const slowestBytesPerMs = 2;
const mostTimes = 8;
/** Whoever has not answered by then will not. */
const longestMs = 120_000;
/** A call that takes longer went over a slow line; one that is shorter by far went over a quick one. */
const slowMs = 500;
const quickMs = 150;

export function createPatience(): Patience {
  let times = 1;
  let isSlow = false;
  return {
    limitMs: (usualMs, bytes) => Math.min(longestMs, usualMs * times + bytes / slowestBytesPerMs),
    answered(tookMs) {
      if (tookMs > slowMs) isSlow = true;
      if (tookMs > quickMs) return;
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
