import { canonicalJson, type Json } from "../facts/canonical.ts";
import { genesisHash } from "../facts/chain.ts";
import type { CompletedSale } from "../sale/completed-sale.ts";
import type { Uuid } from "../values/id.ts";
import type { Sha256 } from "../values/ports.ts";
import type { BusinessDate } from "../values/time.ts";

/** What a receipt is proved by: the id of its fact, and the document as it was printed. */
export interface ProvenReceipt {
  readonly id: Uuid;
  readonly payload: CompletedSale;
}

/** [P1] One side's receipts of one till and business date, in three figures. */
export interface ReceiptProof {
  readonly count: number;
  /** Sum of the totals in minor units; returns count negative. */
  readonly totalMinor: number;
  /** Lower-case hex; 64 zeros for no receipts. */
  readonly hash: string;
}

/**
 * [P1] Folds receipts, in the order of their ids, whatever order they are handed over in: SHA-256 over
 * the hash so far, the id and the canonical text of the document. The place in a chain is not part of it:
 * a fact that moved to a new epoch is the same receipt.
 */
export function proveReceipts(sha256: Sha256, receipts: Iterable<ProvenReceipt>): ReceiptProof {
  const documents = new Map<Uuid, string>();
  let totalMinor = 0;
  for (const { id, payload } of receipts) {
    if (documents.has(id)) continue;
    documents.set(id, sha256(canonicalJson(payload as unknown as Json)));
    totalMinor += payload.totalMinor;
  }
  const ids = [...documents.keys()].toSorted();
  const hash = ids.reduce(
    (before, id) => sha256(`${before}${id}${documents.get(id) ?? ""}`),
    genesisHash,
  );
  return { count: ids.length, totalMinor, hash };
}

/**
 * [P1] The date that a receipt is proved with, the same on both sides. A sale of the online channel has no
 * shift, and so no date but the calendar's, in UTC: a fold may ask for nothing but the fact.
 */
export function dayOfReceipt({
  businessDate,
  atMs,
}: {
  readonly businessDate?: BusinessDate | undefined;
  readonly atMs: number;
}): BusinessDate {
  return businessDate ?? new Date(atMs).toISOString().slice(0, 10);
}

export function isSameProof(a: ReceiptProof, b: ReceiptProof): boolean {
  return a.count === b.count && a.totalMinor === b.totalMinor && a.hash === b.hash;
}
