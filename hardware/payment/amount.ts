import { assertInteger } from "../../domain/values/assert.ts";

/** Digits after the point in a currency: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217). */
export function currencyDecimals(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * nexo carries amounts as JSON numbers of the main unit, 10.99. The nearest double to a decimal of 15
 * digits prints as that decimal, so it crosses unharmed; asserts that there are no more digits.
 */
export function decimalAmount(amountMinor: number, currency: string): number {
  assertInteger(amountMinor, "amount");
  const decimals = currencyDecimals(currency);
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, "0");
  assertInteger(digits.length <= 15 ? 0 : Number.NaN, "digits of an amount");
  const whole = digits.slice(0, digits.length - decimals);
  const decimal = Number(`${whole}.${digits.slice(digits.length - decimals)}`);
  return amountMinor < 0 ? -decimal : decimal;
}

/** The minor units of such a number; null where it has more digits than its currency. */
export function minorAmount(decimal: number, currency: string): number | null {
  const decimals = currencyDecimals(currency);
  const [, sign = "", whole = "", fraction = ""] =
    /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(decimal)) ?? [];
  if (whole === "" || fraction.length > decimals) return null;
  const minor = Number(whole + fraction.padEnd(decimals, "0"));
  if (!Number.isSafeInteger(minor)) return null;
  return sign === "-" && minor !== 0 ? -minor : minor;
}
