/** How the till's amounts are written: from the host's terminal view and the screen's language. */
export interface MoneyFormat {
  readonly locale: string;
  readonly currency: string;
  /** Digits after the separator. */
  readonly exponent: number;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, exponent: number): Intl.NumberFormat {
  const key = `${locale} ${exponent}`;
  const known = numberFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  numberFormats.set(key, made);
  return made;
}

/** Intl reads a decimal string exactly, where a number would go through a double. */
function decimalOf(units: number, exponent: number): Intl.StringNumericLiteral {
  const sign = units < 0 ? "-" : "";
  const digits = String(Math.abs(units)).padStart(exponent + 1, "0");
  if (exponent === 0) return `${sign}${digits}` as Intl.StringNumericLiteral;
  const point = digits.length - exponent;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}` as Intl.StringNumericLiteral;
}

/** Bidi marks that Intl puts round a minus: the screen isolates each number instead. */
const bidiMarks = /[\u200e\u200f\u061c]/g;

/** "1,234,567.89", "-0.70": minor units as digits with a true minus, no currency. */
export function formatAmount(minor: number, format: MoneyFormat): string {
  return numberFormat(format.locale, format.exponent)
    .format(decimalOf(minor, format.exponent))
    .replace(bidiMarks, "")
    .replace("-", "\u2212");
}

/** "24.65 EUR", isolated from the writing direction round it: for sentences and spoken labels. */
export function formatMoney(minor: number, format: MoneyFormat): string {
  return `\u2066${formatAmount(minor, format)}\u00a0${format.currency}\u2069`;
}

/** Thousandths as a person writes them: "3", "0.846"; never more digits than there are. */
export function formatQuantity(milli: number, locale: string): string {
  const digits = milli % 1000 === 0 ? 0 : 3;
  return numberFormat(locale, digits)
    .format(decimalOf(milli, 3))
    .replace(bidiMarks, "")
    .replace("-", "\u2212");
}
