import { assert } from "../values/assert.ts";

/** What a fact may carry: JSON without fractions, so that it reads the same everywhere. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * The one text of a JSON value: keys sorted by UTF-16 code unit, no white space, integers only,
 * `undefined` members left out. RFC 8785 (JCS) restricted to safe integers.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    assert(Number.isSafeInteger(value), `a fact holds safe integers only, not ${value}`);
    return Object.is(value, -0) ? "0" : String(value);
  }
  if (typeof value === "object" && value !== null) return canonicalObject(value);
  return String(value);
}

function canonicalObject(
  value: readonly Json[] | { readonly [key: string]: Json | undefined },
): string {
  if (isList(value)) {
    let text = "[";
    for (let i = 0; i < value.length; i++) {
      if (i > 0) text += ",";
      text += canonicalJson(value[i] ?? null);
    }
    return `${text}]`;
  }
  let text = "{";
  for (const key of Object.keys(value).toSorted()) {
    const member = value[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += `${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}

function isList(
  value: readonly Json[] | { readonly [key: string]: Json | undefined },
): value is readonly Json[] {
  return Array.isArray(value);
}
