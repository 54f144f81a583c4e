import { failed, ok, type Result } from "../../domain/values/result.ts";

/** Why a text is no decimal number. `decimals`: how many places it has, beyond those allowed. */
export type DecimalProblem =
  | { readonly kind: "not-a-number" }
  | { readonly kind: "ambiguous" }
  | { readonly kind: "too-precise"; readonly decimals: number }
  | { readonly kind: "too-large" };

const CURRENCY = String.raw`(?:\p{Sc}|[A-Z]{3}|kr\.?|zł|Kč|Fr\.?|lei|лв\.?|ש["״]ח)`;
const LEADING_CURRENCY = new RegExp(`^(-?)\\s*${CURRENCY}\\s*`, "u");
const TRAILING_CURRENCY = new RegExp(`\\s*${CURRENCY}$`, "u");
const MOST_DIGITS = 15;

/**
 * Reads a number that a person or a spreadsheet wrote, in any country's way ("1,234.50",
 * "1.234,50", "1 234,5", "€ 6,49", "-3"), as a whole number of units of 10^-places.
 *
 * A lone mark before exactly three digits ("1,234") is a thousand in one country and a fraction in
 * another: that is answered with `ambiguous`, never guessed, unless `places` is three or more.
 */
export function decimalToInteger(text: string, places: number): Result<number, DecimalProblem> {
  const bare = withoutGrouping(withoutCurrency(text.trim()).replace("−", "-"));
  const sign = bare.startsWith("-") ? -1 : 1;
  const unsigned = bare.replace(/^-/, "");
  if (!/^(?=.*\d)[\d.,]+$/.test(unsigned)) return failed({ kind: "not-a-number" });
  const split = splitAtDecimalMark(unsigned, places);
  if (!split.ok) return split;
  const fraction = split.value.fraction.replace(/0+$/, "");
  if (fraction.length > places) return failed({ kind: "too-precise", decimals: fraction.length });
  const digits = `${split.value.whole}${fraction.padEnd(places, "0")}`.replace(/^0+(?=\d)/, "");
  if (digits.length > MOST_DIGITS) return failed({ kind: "too-large" });
  return ok(digits === "0" || digits === "" ? 0 : sign * Number(digits));
}

function withoutCurrency(text: string): string {
  return text.replace(LEADING_CURRENCY, "$1").replace(TRAILING_CURRENCY, "").trim();
}

/** Blanks and apostrophes between groups of three say nothing; anywhere else they are left to fail. */
function withoutGrouping(text: string): string {
  return /^-?\d{1,3}([\s'’]\d{3})+([.,]\d*)?$/.test(text) ? text.replace(/[\s'’]/g, "") : text;
}

interface Parts {
  readonly whole: string;
  readonly fraction: string;
}

function splitAtDecimalMark(text: string, places: number): Result<Parts, DecimalProblem> {
  const at = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (at === -1) return ok({ whole: text, fraction: "" });
  const mark = text.charAt(at);
  const whole = text.slice(0, at);
  const fraction = text.slice(at + 1);
  if (/^\d*$/.test(whole)) {
    const couldBeThousands = /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
    if (couldBeThousands && places < 3) return failed({ kind: "ambiguous" });
    return ok({ whole, fraction });
  }
  if (whole.includes(mark)) {
    const grouped = new RegExp(`^\\d{1,3}(\\${mark}\\d{3})+$`).test(text);
    if (!grouped) return failed({ kind: "not-a-number" });
    return ok({ whole: text.replaceAll(mark, ""), fraction: "" });
  }
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(whole);
  if (!grouped) return failed({ kind: "not-a-number" });
  return ok({ whole: whole.replace(/[.,]/g, ""), fraction });
}
