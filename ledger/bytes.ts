import { hash } from "node:crypto";
import type { Uuid } from "../domain/values/id.ts";
import { hexOf } from "../domain/values/id.ts";
import { assert } from "../domain/values/assert.ts";

/** A UUID as the 16 bytes that a key column holds: less than half of its text. */
export function uuidBytes(uuid: Uuid): Buffer {
  const bytes = Buffer.from(uuid.replaceAll("-", ""), "hex");
  assert(bytes.length === 16, `not a UUID: ${uuid}`);
  return bytes;
}

/** The text form of 16 key bytes. */
export function uuidText(bytes: Uint8Array): Uuid {
  const hex = hexOf(bytes);
  assert(hex.length === 32, "a UUID has 16 bytes");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** SHA-256 of UTF-8 text. */
export function sha256(text: string): Uint8Array {
  // By way of hex: a buffer of OpenSSL's own costs more than the hash of a sale.
  return Buffer.from(hash("sha256", text, "hex"), "hex");
}
