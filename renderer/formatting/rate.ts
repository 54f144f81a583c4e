/** "19 %", "8.875 %" from parts per million, exact: the digits never go through a fraction. */
export function formatRate(ratePpm: number, locale: string): string {
  const digits = String(Math.abs(ratePpm)).padStart(7, "0");
  const sign = ratePpm < 0 ? "-" : "";
  const fraction = `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}` as Intl.StringNumericLiteral;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 });
  return percent.format(fraction).replace(/[\u200e\u200f\u061c]/g, "");
}
