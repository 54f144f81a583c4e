/** A day of trade, "2026-11-23". Given by the shift, never derived from the clock in mid-sale. */
export type BusinessDate = string;

/** The calendar date of `atMs` in a place that is `utcOffsetMinutes` east of UTC. */
export function businessDateAt(atMs: number, utcOffsetMinutes: number): BusinessDate {
  const local = new Date(atMs + utcOffsetMinutes * 60_000);
  return local.toISOString().slice(0, 10);
}
