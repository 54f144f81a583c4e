/**
 * What a person typed as a whole number of the smallest unit: ("4,2", 2) → 420, ("0.846", 3) → 846.
 * Point and comma both separate the decimals; null where it is no such number or has more of them.
 */
export function parseDecimal(typed: string, digits: number): number | null {
  const match = /^(-?)(\d{1,9})(?:[.,](\d*))?$/.exec(typed.trim().replace("\u2212", "-"));
  if (match === null) return null;
  const [, sign = "", whole = "", decimals = ""] = match;
  if (decimals.length > digits) return null;
  const value = Number(whole + decimals.padEnd(digits, "0"));
  return sign === "-" && value !== 0 ? -value : value;
}

/** A whole number of the smallest unit as a person edits it: (420, 2) → "4.20". */
export function editedDecimal(value: number, digits: number, locale: string): string {
  const text = String(Math.abs(value)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const separator = new Intl.NumberFormat(locale).format(0.5).includes(",") ? "," : ".";
  const sign = value < 0 ? "-" : "";
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}${separator}${text.slice(-digits)}`;
}
