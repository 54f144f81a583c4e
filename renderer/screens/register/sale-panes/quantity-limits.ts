import { formatAmount } from "../../../formatting/money.ts";

/** The contract's largest quantity of a line: 9,999 pieces or kilograms, in thousandths. */
export const mostMilli = 9_999_000;
export const mostPieces = 9_999;

/** A weight while it is typed: always three digits after the separator, "0.846". */
export function weightText(milli: number, locale: string): string {
  return formatAmount(milli, { locale, currency: "", exponent: 3 });
}
