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
  // A sale waits for its text, and its members are made in order: the machine's own writer is the quickest.
  return isInOrder(value) ? JSON.stringify(value) : sortedJson(value);
}

/** True where `JSON.stringify` writes the canonical text as things stand. */
function isInOrder(value: Json | undefined): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value !== "object" || value === null) return true;
  if (isList(value)) {
    for (let i = 0; i < value.length; i++) if (!isInOrder(value[i])) return false;
    return true;
  }
  let before = "";
  // Not by `Object.keys`: no list is made, and what stands behind a key is where the loop already looks.
  for (const key in value) {
    if (key < before || !isInOrder(value[key])) return false;
    before = key;
  }
  return true;
}

function sortedJson(value: Json): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return canonicalInteger(value);
  if (typeof value === "object" && value !== null) return canonicalObject(value);
  return String(value);
}

function canonicalInteger(value: number): string {
  assert(Number.isSafeInteger(value), `a fact holds safe integers only, not ${value}`);
  return value === 0 ? "0" : String(value);
}

function canonicalObject(
  value: readonly Json[] | { readonly [key: string]: Json | undefined },
): string {
  if (isList(value)) {
    let text = "[";
    for (let i = 0; i < value.length; i++) {
      if (i > 0) text += ",";
      text += sortedJson(value[i] ?? null);
    }
    return `${text}]`;
  }
  let text = "{";
  for (const key of Object.keys(value).toSorted()) {
    const member = value[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += `${JSON.stringify(key)}:${sortedJson(member)}`;
  }
  return `${text}}`;
}

function isList(
  value: readonly Json[] | { readonly [key: string]: Json | undefined },
): value is readonly Json[] {
  return Array.isArray(value);
}
