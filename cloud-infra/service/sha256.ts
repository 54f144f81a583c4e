import { hash } from "node:crypto";
import type { Sha256 } from "../../domain/values/ports.ts";

/** SHA-256 over UTF-8 text, by the machine's own library. */
export const sha256: Sha256 = (text) => hash("sha256", text, "buffer");
