const timeFormats = new Map<string, Intl.DateTimeFormat>();

function formatWith(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = timeFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  timeFormats.set(key, made);
  return made;
}

/** Whose words and whose clock: a till shows the store's time, wherever its screen stands. */
export interface Place {
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** "14:37" */
export function formatTime(atMs: number, { locale, timeZone }: Place): string {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  return formatWith(locale, options).format(atMs);
}

/** "23 Nov 2026, 14:37" */
export function formatMoment(atMs: number, { locale, timeZone }: Place): string {
  return formatWith(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(atMs);
}

/** "Mon 23 Nov 2026" from a business date "2026-11-23", which is of no time zone. */
export function formatBusinessDate(businessDate: string, locale: string): string {
  return formatWith(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(Date.parse(`${businessDate}T00:00:00Z`));
}

/** "4 min", "3 hr", "2 days": how long ago, rounded down. */
export function formatAge(ageMs: number, locale: string): string {
  const minutes = Math.max(0, Math.floor(ageMs / 60_000));
  const [count, unit] =
    minutes < 60
      ? ([minutes, "minute"] as const)
      : minutes < 48 * 60
        ? ([Math.floor(minutes / 60), "hour"] as const)
        : ([Math.floor(minutes / 1440), "day"] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count);
}
