import { failed, ok, type Result } from "../../../domain/values/result.ts";

/** Which number comes first where a date is written with strokes. */
export type DateOrder = "day-first" | "month-first";

/** A moment on a wall clock, nowhere in particular; `date` is "2010-12-01". */
export interface WallTime {
  readonly date: string;
  readonly secondOfDay: number;
}

export type DateProblem = "not-a-date" | "two-ways";

const isoLike = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]+(.+))?$/;
const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]+(.+))?$/;
const stroked = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ T]+(.+))?$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([ap])\.?m\.?)?$/i;

/**
 * Reads "2010-12-01 08:26:00", "01.12.2010 08:26", and with `order` "01/12/2010 8:26". Without it the last
 * form is `two-ways` unless one of its numbers can only be a day. A date without a time is midnight.
 */
export function readWallTime(text: string, order: DateOrder | null): Result<WallTime, DateProblem> {
  const iso = isoLike.exec(text);
  if (iso !== null) return wallTime([iso[1], iso[2], iso[3]], iso[4]);
  const withDots = dotted.exec(text);
  if (withDots !== null) return wallTime([withDots[3], withDots[2], withDots[1]], withDots[4]);
  const [, first, second, year, time] = stroked.exec(text) ?? [];
  if (year === undefined) return failed("not-a-date");
  const known = order ?? dateOrderOf(text);
  if (known === null) return failed("two-ways");
  const [month, day] = known === "day-first" ? [second, first] : [first, second];
  return wallTime([year, month, day], time);
}

/** What a date with strokes says of its own order: nothing where both numbers could be months. */
export function dateOrderOf(text: string): DateOrder | null {
  const [, first, second] = stroked.exec(text) ?? [];
  if (first === undefined || second === undefined) return null;
  if (Number(first) > 12 && Number(second) <= 12) return "day-first";
  if (Number(second) > 12 && Number(first) <= 12) return "month-first";
  return null;
}

function wallTime(
  parts: readonly (string | undefined)[],
  time: string | undefined,
): Result<WallTime, DateProblem> {
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  const at = new Date(Date.UTC(year, month - 1, day));
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && year >= 1970;
  const secondOfDay = time === undefined ? 0 : secondsOf(time.trim());
  if (!exists || secondOfDay === null) return failed("not-a-date");
  return ok({ date: at.toISOString().slice(0, 10), secondOfDay });
}

function secondsOf(text: string): number | null {
  const match = clock.exec(text);
  if (match === null) return null;
  const [hour = 0, minute = 0, second = 0] = match.slice(1, 4).map((part) => Number(part ?? 0));
  const half = match[4]?.toLowerCase();
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  const hour24 = half === undefined ? hour : (hour % 12) + (half === "p" ? 12 : 0);
  if (hour24 > 23 || minute > 59 || second > 59) return null;
  return hour24 * 3600 + minute * 60 + second;
}

/**
 * The moment at which a store's clock shows `time`. An hour that summer time skips is read as the one
 * after it; of an hour that comes twice, the first.
 */
export function createWallClock(timeZone: string): (time: WallTime) => number {
  const format = new Intl.DateTimeFormat("en-CA", {
    ...{ timeZone, hourCycle: "h23" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  });
  /** What the store's clock shows at `atMs`, as if it were UTC. */
  function shownMs(atMs: number): number {
    const parts = Object.fromEntries(
      format.formatToParts(atMs).map(({ type, value }) => [type, value]),
    );
    const { year, month, day, hour, minute, second } = parts;
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  }
  return ({ date, secondOfDay }) => {
    const wantedMs = Date.parse(`${date}T00:00:00Z`) + secondOfDay * 1000;
    const offsets = [-1, 1].map((side) => {
      const near = wantedMs + side * 86_400_000;
      return shownMs(near) - near;
    });
    const candidates = offsets.map((offset) => wantedMs - offset);
    const exact = candidates.filter((atMs) => shownMs(atMs) === wantedMs);
    return Math.min(...(exact.length > 0 ? exact : [Math.max(...candidates)]));
  };
}
