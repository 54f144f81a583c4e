import { assert } from "../values/assert.ts";

/** What a fact may carry: JSON without fractions, so that it reads the same everywhere. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** Letters that stand for themselves between quotation marks; most texts have no other. */
const plain = /^[ !#-\[\]-\ud7ff\ue000-\uffff]*$/;

/**
 * The one text of a JSON value: keys sorted by UTF-16 code unit, no white space, integers only,
 * `undefined` members left out. RFC 8785 (JCS) restricted to safe integers.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return canonicalText(value);
  if (typeof value === "number") return canonicalInteger(value);
  if (typeof value === "object" && value !== null) return canonicalObject(value);
  return String(value);
}

/** Every sale waits for its text: the common case is told by one look, the rest is `JSON.stringify`'s. */
function canonicalText(value: string): string {
  return plain.test(value) ? `"${value}"` : JSON.stringify(value);
}

function canonicalInteger(value: number): string {
  // The sentence is made only for the bug that it tells of.
  if (!Number.isSafeInteger(value)) assert(false, `a fact holds safe integers only, not ${value}`);
  return value === 0 ? "0" : String(value);
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
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += `${canonicalText(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}

/** By insertion: a fact's objects have ten keys, most of them in order. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] ?? "";
    let at = i;
    for (; at > 0 && (keys[at - 1] ?? "") > key; at--) keys[at] = keys[at - 1] ?? "";
    keys[at] = key;
  }
  return keys;
}

function isList(
  value: readonly Json[] | { readonly [key: string]: Json | undefined },
): value is readonly Json[] {
  return Array.isArray(value);
}
