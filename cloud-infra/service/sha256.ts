import { hash } from "node:crypto";
import type { Sha256 } from "../../domain/values/ports.ts";

/** SHA-256 over UTF-8 text, by the machine's own library. */
export const sha256: Sha256 = (text) => hash("sha256", text, "hex");

/** The same as 32 bytes: of secrets, which are compared in constant time. */
export function sha256Bytes(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
