import { scryptSync, timingSafeEqual } from "node:crypto";
import { assert } from "../domain/values/assert.ts";

/**
 * Checks a PIN against `scrypt$N$r$p$salt$key` (salt and key base64url), in constant time.
 * About 40 ms on purpose: a stolen ledger does not give its PINs away in a minute.
 */
export function pinMatches(pin: string, pinHash: string): boolean {
  const [scheme, n, r, p, salt, key] = pinHash.split("$");
  assert(scheme === "scrypt" && salt !== undefined && key !== undefined, "a PIN hash is scrypt's");
  const expected = Buffer.from(key, "base64url");
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: 128 * 1024 * 1024 };
  const actual = scryptSync(pin, Buffer.from(salt, "base64url"), expected.length, options);
  return timingSafeEqual(actual, expected);
}
