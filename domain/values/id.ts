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
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(nowMs / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = hexOf(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal of `bytes`. */
export function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += hexPairs[byte];
  return hex;
}
