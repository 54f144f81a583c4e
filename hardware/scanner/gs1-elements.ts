import { hasValidCheckDigit } from "../../domain/values/gtin.ts";
import { failed, ok, type Result } from "../../domain/values/result.ts";
import { type AiPart, aiShape, leadingAi } from "./gs1-ai-table.ts";

/** One Application Identifier with its data, e.g. `{ ai: "3103", data: "000725" }`. */
export interface Gs1Element {
  readonly ai: string;
  readonly data: string;
}

export interface Gs1Failure {
  readonly why: "check-digit" | "length" | "characters";
  /** The AI whose data is wrong, or what stands where an AI should. */
  readonly at: string;
}

/** FNC1 inside a message, as scanners send it (ASCII group separator). */
export const groupSeparator = "\u001d";

/**
 * Takes a GS1 element string apart (GS1 General Specifications §7.8), strictly: unknown AIs, wrong
 * lengths, characters, check digits and dates are failures, never a guess. The leading FNC1 may be
 * there or not; a separator after the last element is allowed.
 */
export function parseElementString(text: string): Result<Gs1Element[], Gs1Failure> {
  const elements: Gs1Element[] = [];
  let rest = text.startsWith(groupSeparator) ? text.slice(1) : text;
  if (rest === "") return failed({ why: "length", at: "" });
  while (rest !== "") {
    const shape = leadingAi(rest);
    if (!shape) return failed({ why: "characters", at: rest.slice(0, 4) });
    const { ai } = shape;
    const afterAi = rest.slice(ai.length);
    const separator = afterAi.indexOf(groupSeparator);
    const untilSeparator = separator < 0 ? afterAi.length : separator;
    const end = shape.predefinedLength
      ? Math.min(totalLength(shape.parts), untilSeparator)
      : untilSeparator;
    const element = { ai, data: afterAi.slice(0, end) };
    const failure = checkElement(element);
    if (failure) return failed(failure);
    elements.push(element);
    rest = afterAi.charAt(end) === groupSeparator ? afterAi.slice(end + 1) : afterAi.slice(end);
  }
  return ok(elements);
}

/** The same in the form people read and type: `(01)09506000134352(10)ABC`. `\(` is a bracket in the data. */
export function parseBracketed(text: string): Result<Gs1Element[], Gs1Failure> {
  const elements: Gs1Element[] = [];
  let rest = text;
  while (rest !== "") {
    const match = /^\((\d{2,4})\)((?:[^(\\]|\\\(|\\(?!\())+)/.exec(rest);
    if (!match) return failed({ why: "characters", at: rest.slice(0, 6) });
    const element = { ai: match[1] ?? "", data: (match[2] ?? "").replaceAll("\\(", "(") };
    const failure = checkElement(element);
    if (failure) return failed(failure);
    elements.push(element);
    rest = rest.slice(match[0].length);
  }
  return elements.length > 0 ? ok(elements) : failed({ why: "length", at: "" });
}

/** What is wrong with one element by itself, or null. */
export function checkElement(element: Gs1Element): Gs1Failure | null {
  const shape = aiShape(element.ai);
  if (!shape) return { why: "characters", at: element.ai };
  let rest = element.data;
  for (const part of shape.parts) {
    if (rest === "" && part.optional) break;
    const data = rest.slice(0, part.maxLength);
    const why = checkPart(part, data);
    if (why) return { why, at: element.ai };
    rest = rest.slice(data.length);
  }
  return rest === "" ? null : { why: "length", at: element.ai };
}

function checkPart(part: AiPart, data: string): Gs1Failure["why"] | null {
  if (data.length < part.minLength) return "length";
  if (!charsets[part.charset].test(data)) return "characters";
  if (part.check === "csum" && !hasValidCheckDigit(data)) return "check-digit";
  if (part.check === "yymmd0" && expandDate(data) === null) return "characters";
  return null;
}

const charsets: Readonly<Record<AiPart["charset"], RegExp>> = {
  N: /^\d+$/,
  X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/,
  Y: /^[#\-/0-9A-Z]+$/,
  Z: /^[A-Za-z0-9_-]+={0,2}$/,
};

function totalLength(parts: readonly AiPart[]): number {
  return parts.reduce((sum, part) => sum + part.maxLength, 0);
}

/**
 * A GS1 date (YYMMDD) as "2026-07-31", or null. Day 00 means the month's last day (GS1 General
 * Specifications §3.4). The century is the twenty-first: GS1's sliding window says the same for
 * every year until 2050 but those that would have passed their date before 2000.
 */
export function expandDate(yymmdd: string): string | null {
  if (!/^\d{6}$/.test(yymmdd)) return null;
  const year = 2000 + Number(yymmdd.slice(0, 2));
  const month = Number(yymmdd.slice(2, 4));
  const day = Number(yymmdd.slice(4, 6));
  if (month < 1 || month > 12) return null;
  const last = month === 2 ? (year % 4 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day > last) return null;
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${year}-${pad(month)}-${pad(day === 0 ? last : day)}`;
}
