/** The payload of `clock.measured`: cloud time = local time + `skewMs`, give or take `uncertaintyMs`. */
export interface ClockMeasured {
  readonly skewMs: number;
  readonly uncertaintyMs: number;
}

/** A measurement and the local time at which it was made. */
export interface ClockReading extends ClockMeasured {
  readonly atMs: number;
}

/** A moment by the cloud's clock. `uncertaintyMs` null: that clock was never compared. */
export interface CorrectedTime {
  readonly atMs: number;
  readonly uncertaintyMs: number | null;
}

/** Quartz clocks of tills drift by less than 100 millionths: a day makes at most 8.64 s. */
const driftDivisor = 10_000;

/**
 * Local time `atMs` by the cloud's clock, judged by the last reading before it in the same journal.
 * The uncertainty grows with the time since that reading, because clocks drift.
 */
export function correctedTime(atMs: number, reading: ClockReading | null): CorrectedTime {
  if (reading === null) return { atMs, uncertaintyMs: null };
  const sinceMs = Math.abs(atMs - reading.atMs);
  return {
    atMs: atMs + reading.skewMs,
    uncertaintyMs: reading.uncertaintyMs + Math.ceil(sinceMs / driftDivisor),
  };
}

/** The cloud's own clock is the reference. */
export function cloudTime(atMs: number): CorrectedTime {
  return { atMs, uncertaintyMs: 0 };
}

/** A smaller gain is not worth a fact. */
const worthMs = 500;
const movedMs = 1_000;

/**
 * [L1] True where a new measurement belongs in the journal: the first one; the clock was set (the two
 * cannot both be right, by more than a second); or it is at least twice as sharp as what is known.
 */
export function isWorthRecording(known: ClockReading | null, measured: ClockReading): boolean {
  if (known === null) return true;
  const now = correctedTime(measured.atMs, known);
  const knownUncertaintyMs = now.uncertaintyMs ?? 0;
  const gapMs = Math.abs(measured.skewMs - known.skewMs);
  if (gapMs > movedMs && gapMs > knownUncertaintyMs + measured.uncertaintyMs) return true;
  const gainMs = knownUncertaintyMs - measured.uncertaintyMs;
  return gainMs >= worthMs && measured.uncertaintyMs * 2 <= knownUncertaintyMs;
}
