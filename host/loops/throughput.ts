const windowMs = 60_000;
/** Samples closer than this are one. */
const spacingMs = 1_000;

/** How many facts the cloud took in the last minute, from now and then looking at the mark. */
export interface Throughput {
  /** The mark stands at `seq` of `epoch` at `nowMs` of the monotonic clock. */
  sample(place: { readonly epoch: number; readonly seq: number }, nowMs: number): void;
  perMinute(nowMs: number): number;
}

export function createThroughput(): Throughput {
  let samples: { readonly atMs: number; readonly seq: number }[] = [];
  let latest = { atMs: 0, seq: 0 };
  let epochNow = 0;

  function forget(nowMs: number): void {
    // The last one before the window is where the window begins.
    const firstInside = samples.findIndex(({ atMs }) => atMs > nowMs - windowMs);
    if (firstInside === -1) samples = samples.slice(-1);
    else samples = samples.slice(Math.max(0, firstInside - 1));
  }

  return {
    sample({ epoch, seq }, nowMs) {
      if (epoch !== epochNow) {
        samples = [];
        epochNow = epoch;
      }
      latest = { atMs: nowMs, seq };
      const last = samples.at(-1);
      if (last === undefined || nowMs - last.atMs >= spacingMs) samples.push(latest);
      forget(nowMs);
    },
    perMinute(nowMs) {
      forget(nowMs);
      const [first] = samples;
      if (first === undefined || latest.atMs <= nowMs - windowMs) return 0;
      return Math.max(0, latest.seq - first.seq);
    },
  };
}
