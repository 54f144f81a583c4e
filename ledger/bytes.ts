import { hash } from "node:crypto";
import type { Uuid } from "../domain/values/id.ts";
import { hexOf } from "../domain/values/id.ts";
import type { Sha256 } from "../domain/values/ports.ts";
import { assert } from "../domain/values/assert.ts";

/** A UUID as the 16 bytes that a key column holds: less than half of its text. */
export function uuidBytes(uuid: Uuid): Buffer {
  return bytesOfHex(uuid, 16);
}

/**
 * The bytes that hexadecimal text spells, hyphens left out. A sale asks for a handful of them, and each way
 * through the machine's own decoder costs more than the sixteen bytes.
 */
export function bytesOfHex(text: string, count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count);
  let nibbles = 0;
  let high = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x2d) continue;
    const nibble = nibbleOf(unit);
    assert(nibble >= 0 && nibbles < 2 * count, "not hexadecimal");
    if (nibbles % 2 === 1) bytes[nibbles >> 1] = (high << 4) | nibble;
    high = nibble;
    nibbles++;
  }
  assert(nibbles === 2 * count, "not hexadecimal");
  return bytes;
}

function nibbleOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** The text form of 16 key bytes. */
export function uuidText(bytes: Uint8Array): Uuid {
  const hex = hexOf(bytes);
  assert(hex.length === 32, "a UUID has 16 bytes");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** SHA-256 of UTF-8 text, in hexadecimal: a buffer of OpenSSL's own costs more than the hash of a sale. */
export const sha256: Sha256 = (text) => hash("sha256", text, "hex");
