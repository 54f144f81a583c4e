import type { Ledger } from "../../ledger/ledger.ts";
import type { Head } from "../../sync/protocol/wire.ts";

/**
 * [C5] The position in the journal up to which the cloud had heard of it, by a chain of this till that a
 * page told; 0 where it told none, or one of another epoch or of another life of this till.
 */
export function positionOf({ journal }: Ledger, chain: Head | null | undefined): number {
  const { epoch, seq } = journal.head();
  if (!chain || chain.epoch !== epoch || chain.seq > seq || chain.seq === 0) return 0;
  const [fact] = journal.entries(epoch, chain.seq - 1, 1);
  return fact?.hash === chain.hash ? journal.positionOf(epoch, chain.seq) : 0;
}
