/** One cell: text, a whole number, or nothing. Amounts come as text made by `decimalOf`. */
export type Cell = string | number | null;

/**
 * A table as RFC 4180 text: CRLF, quotes where needed, and the byte order mark that spreadsheets need to
 * read UTF-8. Text that a spreadsheet would run as a formula is disarmed with an apostrophe; plain
 * numbers, negative ones too, stay numbers.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [header, ...rows].map((row) => row.map(cellText).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/** `value` with `exponent` digits after the point: (−1205, 2) → "-12.05". For machines, not for eyes. */
export function decimalOf(value: number, exponent: number): string {
  const digits = String(Math.abs(value)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const sign = value < 0 ? "-" : "";
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`;
}

const plainNumber = /^-?\d+(\.\d+)?$/;
const formulaStart = /^[=+\-@\t\r]/;

function cellText(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  const safe = formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
