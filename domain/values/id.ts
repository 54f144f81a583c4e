import { assert } from "./assert.ts";
import type { Clock, Random } from "./ports.ts";

/** A UUIDv7 in its usual text form, lower case. Sortable by time of making, made by the caller. */
export type Uuid = string;

/**
 * Makes a UUIDv7 (RFC 9562 §5.7): 48 bits of wall time, 74 random bits.
 * Order within one millisecond is not promised; the journal's `seq` is what orders.
 */
export function uuidv7(clock: Pick<Clock, "now">, random: Random): Uuid {
  const bytes = random.bytes(16);
  assert(bytes.length === 16, "random.bytes must return what was asked for");
  const nowMs = clock.now();
  const pair = (i: number) => ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  const time = `${hexOfPair((nowMs / 2 ** 32) & 0xffff)}${hexOfPair((nowMs / 2 ** 16) & 0xffff)}-${hexOfPair(nowMs % 2 ** 16)}`;
  const version = hexOfPair(0x7000 | (pair(6) & 0x0fff));
  const variant = hexOfPair(0x8000 | (pair(8) & 0x3fff));
  return `${time}-${version}-${variant}-${hexOfPair(pair(10))}${hexOfPair(pair(12))}${hexOfPair(pair(14))}`;
}

/** Four digits of two bytes. A sale makes five ids: each is put together as it is read. */
function hexOfPair(pair: number): string {
  return (hexPairs[pair >> 8] ?? "") + (hexPairs[pair & 0xff] ?? "");
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal of `bytes`. */
export function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += hexPairs[byte];
  return hex;
}
