import type { Ledger } from "../../ledger/ledger.ts";
import type { PlacedBatch } from "../../ledger/tables/relay.ts";
import type { Change, Head, WireFact } from "../../sync/protocol/wire.ts";
import type { LostPage, Peer } from "./port.ts";

/** Facts a page, at least; a batch is not divided. */
const bytesOfAPage = 700_000;
const hearsayOfAPage = 500;

interface Asked {
  readonly after: number;
  readonly limit: number;
  readonly held?: Head | null | undefined;
}

/** [H3] What came here after a position. [H6] Of the peer itself what it does not say that it holds. */
export function page(ledger: Ledger, peer: Peer, { after, limit, held }: Asked) {
  const upTo = ledger.relay.end();
  const isLeftOut = leftOut(ledger, peer, held ?? null);
  const changes: Change[] = [];
  let bytes = 0;
  for (const batch of ledger.relay.batchesAfter(after)) {
    if (isLeftOut(batch)) continue;
    const facts = factsOf(batch);
    const isFull =
      changes.length + facts.length > limit || bytes + batch.facts.length > bytesOfAPage;
    if (isFull && changes.length > 0) return { cursor: batch.position - 1, upTo, changes };
    for (const { body } of facts) changes.push({ kind: "fact", body });
    bytes += batch.facts.length;
  }
  return { cursor: upTo, upTo, changes };
}

/** A till that does not say what it holds takes nothing back. */
function leftOut(
  ledger: Ledger,
  { terminalId }: Peer,
  held: Head | null,
): (batch: PlacedBatch) => boolean {
  if (held === null) return (batch) => batch.terminalId === terminalId;
  const isSame = hashAt(ledger, terminalId, held) === held.hash;
  return (batch) =>
    isSame &&
    batch.terminalId === terminalId &&
    batch.epoch === held.epoch &&
    batch.lastSeq <= held.seq;
}

/** The chain's hash here; null where the hub does not have it, or not any more. */
function hashAt({ relay }: Ledger, terminalId: string, { epoch, seq }: Head): string | null {
  const chain = relay.chain(terminalId, epoch);
  if (chain?.seq === seq) return chain.hash;
  const batch = relay.batchWith(terminalId, epoch, seq);
  return batch === null ? null : (factsOf(batch)[seq - batch.firstSeq]?.hash ?? null);
}

/** [H6] Hearsay of the peer's own facts, but for what it pushed here itself. */
export function lostOf({ hearsay, relay }: Ledger, { terminalId }: Peer, after: number): LostPage {
  const rows = hearsay.of(terminalId, after, hearsayOfAPage);
  const bodies = rows
    .map(({ body }) => body)
    .filter((body) => {
      const { epoch, seq } = JSON.parse(body) as { epoch: number; seq: number };
      const batch = relay.batchWith(terminalId, epoch, seq);
      const pushed = batch === null ? null : factsOf(batch)[seq - batch.firstSeq];
      return pushed?.body !== body;
    });
  return { upTo: rows.at(-1)?.position ?? after, bodies };
}

export function factsOf({ facts }: Pick<PlacedBatch, "facts">): readonly WireFact[] {
  return JSON.parse(facts) as WireFact[];
}
