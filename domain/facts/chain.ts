import type { Sha256 } from "../values/ports.ts";

/** The hash before the first fact of an epoch. */
export const genesisHash = "0".repeat(64);

/**
 * Hash of a fact in its terminal's chain: SHA-256 over the previous hash (64 hex characters)
 * followed by the fact's canonical text. Lower-case hex. Whoever changes one fact changes all after it.
 */
export function chainHash(sha256: Sha256, previousHash: string, body: string): string {
  return sha256(previousHash + body);
}
