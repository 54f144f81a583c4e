import { assert } from "../../domain/values/assert.ts";
import type { Random } from "../../domain/values/ports.ts";

/** Crockford's base 32: no I, L, O, U, so that nobody reads one for another. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 12;

/** [A1] A code for a person to type: 60 random bits as "K7QF-2M9D-XW4T". */
export function newEnrolmentCode(random: Random): string {
  const bytes = random.bytes(length);
  assert(bytes.length === length, "random.bytes must return what was asked for");
  const characters = Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length));
  return [0, 4, 8].map((start) => characters.slice(start, start + 4).join("")).join("-");
}

/** What was typed, as it was made: capitals, without separators, look-alikes put right. */
export function normaliseEnrolmentCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1")
    .replace(/[^0-9A-Z]/g, "");
}
