import { z } from "zod";
import type { Head } from "./wire.ts";

/** [H5] Who hands on another terminal's facts brings that terminal's own word for them. */
export const relayedSchema = z.object({
  /** Whose facts they are. */
  terminalId: z.guid(),
  /** Of `signedText` after the last fact: ECDSA over P-256 with SHA-256, base64. */
  signature: z.base64().max(200),
});

/** What a terminal signs: its chain up to one place. A chain hash covers every fact before it. */
export function signedText(terminalId: string, { epoch, seq, hash }: Head): string {
  return `evertill-relay/1 ${terminalId} ${epoch} ${seq} ${hash}`;
}
