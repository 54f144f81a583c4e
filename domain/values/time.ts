/** A day of trade, "2026-11-23". Given by the shift, never derived from the clock in mid-sale. */
export type BusinessDate = string;

/** Date and hour of `atMs` on the wall clock of `timeZone` (IANA name, e.g. "Europe/Berlin"). */
export function localTime(
  atMs: number,
  timeZone: string,
): { readonly date: BusinessDate; readonly hour: number } {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(atMs).map(({ type, value }) => [type, value]),
  );
  return { date: `${parts.year}-${parts.month}-${parts.day}`, hour: Number(parts.hour) };
}

/** Making a formatter costs far more than using one. */
const formats = new Map<string, Intl.DateTimeFormat>();
