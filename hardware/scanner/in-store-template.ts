import { present } from "../../domain/values/assert.ts";
import { hasValidCheckDigit } from "../../domain/values/gtin.ts";
import { failed, ok, type Result } from "../../domain/values/result.ts";
import { scaleTo } from "./gs1-trade-item.ts";
import { priceCheckDigit } from "./price-check-digit.ts";

/**
 * How a store's scales and label printers put a weight or a price into an EAN-13.
 * Made by `parseTemplates`.
 *
 * A template is the thirteen characters of the code, or twelve for a UPC-A:
 * - digits: the prefix, which says that this template applies
 * - `P` the good's number (PLU), `W` its weight, `V` its price
 * - `K` the price check digit of the W or V field (GS1 General Specifications §7.9.4)
 * - `X` a digit without meaning here, `C` the check digit, always last
 *
 * A point may stand inside the W or V field: `21PPPPPWW.WWWC` are kilograms with three decimals,
 * which is also what a weight without a point means. A price without a point is in minor units.
 */
export interface InStoreTemplate {
  readonly text: string;
  readonly prefix: string;
  readonly plu: Span;
  readonly value: Span & { readonly kind: "weight" | "price"; readonly decimals: number | null };
  readonly verifierAt: number | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A template that cannot be used, and why in a sentence for the person who typed it. */
export interface TemplateProblem {
  readonly template: string;
  readonly problem: string;
}

/** What a new store starts with: five digits of PLU, then grams (21) or minor units (20). */
export const usualTemplates: readonly string[] = ["21PPPPPWWWWWC", "20PPPPPVVVVVC"];

/** Parses and checks templates together; the failure lists every problem, not only the first. */
export function parseTemplates(
  texts: readonly string[],
): Result<InStoreTemplate[], TemplateProblem[]> {
  const problems: TemplateProblem[] = [];
  const templates: InStoreTemplate[] = [];
  for (const text of texts) {
    const parsed = parseTemplate(text);
    if (typeof parsed === "string") {
      problems.push({ template: text, problem: parsed });
      continue;
    }
    const rival = templates.find((other) => other.prefix === parsed.prefix);
    if (rival) {
      const problem = `begins with ${parsed.prefix} like "${rival.text}"; give each its own prefix`;
      problems.push({ template: text, problem });
      continue;
    }
    templates.push(parsed);
  }
  if (problems.length > 0) return failed(problems);
  // The longest prefix decides, so that 2199… can mean something else than 21….
  return ok(templates.toSorted((a, b) => b.prefix.length - a.prefix.length));
}

function parseTemplate(text: string): InStoreTemplate | string {
  const typed = text.trim().toUpperCase();
  const bare = typed.replaceAll(".", "");
  if (!/^[\dPWVKXC]*$/.test(bare)) {
    const wrong = present(/[^\dPWVKXC]/.exec(bare), "the wrong character")[0];
    return `"${wrong}" means nothing here; use digits, P, W, V, K, X and C`;
  }
  if (bare.length !== 13 && bare.length !== 12) {
    return `has ${bare.length} characters; an EAN-13 has 13, a UPC-A has 12`;
  }
  const shape = bare.length === 12 ? `0${bare}` : bare;
  const prefix = present(/^\d*/.exec(shape), "the prefix")[0];
  if (!/^(02|04|2\d)/.test(prefix)) {
    return "must begin with 02, 04 or 20 to 29: other numbers belong to real goods";
  }
  if (/\d/.test(shape.slice(prefix.length))) return "has a digit after the first letter";
  if (shape.indexOf("C") !== 12) return "must end with its only C, the check digit";
  const plu = spanOf(shape, "P");
  if (!plu) return "needs the good's number: one run of P";
  const weight = spanOf(shape, "W");
  const price = spanOf(shape, "V");
  if ((weight === null) === (price === null) || bothUsed(shape)) {
    return "needs either one run of W (weight) or one run of V (price)";
  }
  const value = present(weight ?? price, "the value field");
  const decimals = decimalsOf(typed, weight ? "W" : "V");
  if (decimals === undefined) return "may have one point, inside its W or V field";
  const verifierAt = shape.indexOf("K");
  const verifierProblem = checkVerifier(shape, value);
  if (verifierProblem) return verifierProblem;
  return {
    text: typed,
    prefix,
    plu,
    value: { ...value, kind: weight ? "weight" : "price", decimals },
    verifierAt: verifierAt < 0 ? null : verifierAt,
  };
}

function bothUsed(shape: string): boolean {
  return shape.includes("W") && shape.includes("V");
}

/** Where the one unbroken run of `letter` is; null when there is none, or more than one. */
function spanOf(shape: string, letter: string): Span | null {
  const from = shape.indexOf(letter);
  const to = shape.lastIndexOf(letter) + 1;
  if (from < 0 || shape.slice(from, to) !== letter.repeat(to - from)) return null;
  return { from, to };
}

/** Digits after the point of the field, null without a point, undefined when a point stands elsewhere. */
function decimalsOf(typed: string, letter: "W" | "V"): number | null | undefined {
  if (!typed.includes(".")) return null;
  const match = new RegExp(`^[^.]*${letter}\\.(${letter}+)[^.]*$`).exec(typed);
  return match?.[1]?.length;
}

function checkVerifier(shape: string, value: Span): string | null {
  const uses = shape.split("K").length - 1;
  if (uses > 1) return "may have one K";
  const digits = value.to - value.from;
  if (uses === 1 && digits !== 4 && digits !== 5) {
    return `has a K, which GS1 defines for fields of 4 or 5 digits, not ${digits}`;
  }
  return null;
}

/** What an in-store code says, or why it cannot be believed. */
export type InStoreReading =
  | { readonly kind: "weighed"; readonly plu: string; readonly weightMilli: number }
  | { readonly kind: "priced"; readonly plu: string; readonly priceMinor: number }
  | { readonly kind: "wrong-check-digit"; readonly expected: string };

/**
 * Reads an EAN-13 (a UPC-A with its leading zero) by the template its prefix asks for; null when
 * none does. The code's own check digit is taken as checked by the caller's GTIN rule.
 */
export function readInStore(
  ean13: string,
  templates: readonly InStoreTemplate[],
  currencyDecimals: number,
): InStoreReading | null {
  const template = templates.find(({ prefix }) => ean13.startsWith(prefix));
  if (!template || !hasValidCheckDigit(ean13)) return null;
  const plu = ean13.slice(template.plu.from, template.plu.to);
  const digits = ean13.slice(template.value.from, template.value.to);
  if (template.verifierAt !== null) {
    const expected = String(priceCheckDigit(digits));
    if (ean13.charAt(template.verifierAt) !== expected) {
      return { kind: "wrong-check-digit", expected };
    }
  }
  const { kind, decimals } = template.value;
  const implied = kind === "weight" ? 3 : currencyDecimals;
  const scaled = scaleTo(digits, decimals ?? implied, implied);
  const value = present(scaled, "a value of at most nine digits");
  return kind === "weight"
    ? { kind: "weighed", plu, weightMilli: value }
    : { kind: "priced", plu, priceMinor: value };
}
