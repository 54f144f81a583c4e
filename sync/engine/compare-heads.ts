import { genesisHash } from "../../domain/facts/chain.ts";
import { present } from "../../domain/values/assert.ts";
import type { Head } from "../protocol/wire.ts";
import type { SyncLedger } from "./ports.ts";

/**
 * How the cloud's chain stands to the journal.
 * - `equal`: the same, to the last fact
 * - `behind`: the cloud lacks the end of the journal, nothing else
 * - `set-back`: [U7] the cloud lacks facts that it had acknowledged
 * - `forked`: [U2] the cloud holds other facts than the journal, or more
 * - `outdated`: it speaks of another epoch than the journal's
 */
export type Relation = "equal" | "behind" | "set-back" | "forked" | "outdated";

/** [U5] Compares by epoch, seq and hash; never by counting alone. */
export function compareHeads(ledger: SyncLedger, cloud: Head): Relation {
  const head = ledger.head();
  if (cloud.epoch !== head.epoch) return "outdated";
  if (cloud.seq > head.seq) return "forked";
  if (hashAt(ledger, cloud.seq) !== cloud.hash) return "forked";
  if (cloud.seq < ledger.acked().seq) return "set-back";
  return cloud.seq === head.seq ? "equal" : "behind";
}

/** The journal's chain hash after `seq`, which must not be past its head. */
export function hashAt(ledger: SyncLedger, seq: number): string {
  if (seq === 0) return genesisHash;
  const head = ledger.head();
  if (seq === head.seq) return head.hash;
  const mark = ledger.acked();
  if (seq === mark.seq && mark.epoch === head.epoch) return mark.hash;
  const [entry] = ledger.unsent(seq - 1, { maxCount: 1, maxBytes: 1 });
  return present(entry, `fact ${seq} of the journal`).hash;
}

/** The chain hash after `seq` of an older epoch. */
export function hashAtSeq(ledger: SyncLedger, epoch: number, seq: number): string {
  if (seq === 0) return genesisHash;
  const [entry] = ledger.unsent(seq - 1, { maxCount: 1, maxBytes: 1 }, epoch);
  return present(entry, `fact ${epoch}/${seq} of the journal`).hash;
}

export function isSameHead(a: Head, b: Head): boolean {
  return a.epoch === b.epoch && a.seq === b.seq && a.hash === b.hash;
}
