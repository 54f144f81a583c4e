import { assertInteger } from "../../domain/values/assert.ts";
import type { BusinessDate } from "../../domain/values/time.ts";

/** How numbers and times stand on paper. */
export interface ReceiptFormat {
  /** An amount without its currency, e.g. "1,234.50" or "-0.70". */
  money(amountMinor: number): string;
  /** A quantity without its unit, e.g. "3" or "0.846". */
  quantity(quantityMilli: number): string;
  /** A tax rate, e.g. "19%" or "8.875%". */
  rate(ratePpm: number): string;
  dateTime(atMs: number): string;
  date(date: BusinessDate): string;
}

/** Numbers and dates in the manner of a locale. `timeZone` is an IANA name, e.g. "Asia/Jerusalem". */
export function createReceiptFormat(place: {
  readonly locale: string;
  readonly currency: string;
  readonly timeZone: string;
}): ReceiptFormat {
  const { locale, currency, timeZone } = place;
  const decimals =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  const money = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const quantity = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const rate = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 });
  const day = { day: "2-digit", month: "2-digit", year: "numeric" } as const;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const dateTime = new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone });
  const date = new Intl.DateTimeFormat(locale, { ...day, timeZone: "UTC" });
  return {
    money: (amountMinor) => money.format(decimalText(amountMinor, decimals)),
    quantity: (quantityMilli) => quantity.format(decimalText(quantityMilli, 3)),
    rate: (ratePpm) => rate.format(decimalText(ratePpm, 6)),
    dateTime: (atMs) => dateTime.format(atMs),
    date: (businessDate) => date.format(Date.parse(`${businessDate}T00:00:00Z`)),
  };
}

/** An integer of 10^-decimals as decimal text: exact, which a division would not be. */
function decimalText(units: number, decimals: number): Intl.StringNumericLiteral {
  assertInteger(units, "a number on paper");
  if (decimals === 0) return `${units}`;
  const digits = String(Math.abs(units)).padStart(decimals + 1, "0");
  const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return (units < 0 ? `-${text}` : text) as Intl.StringNumericLiteral;
}
