import type { Ledger } from "../../ledger/ledger.ts";
import type { Hearsay } from "../../ledger/tables/hearsay.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import type { PlacedBatch } from "../../ledger/tables/relay.ts";
import type { Change, Head, WireFact } from "../../sync/protocol/wire.ts";
import type { LostPage, Peer, TheirFact } from "./port.ts";

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
export function lostOf(ledger: Ledger, { terminalId }: Peer, after: number): LostPage {
  const { hearsay } = ledger;
  const last = hearsay.last();
  const rows = hearsay.of(terminalId, after, hearsayOfAPage);
  const isPushed = createIsPushed(ledger, terminalId);
  const bodies: string[] = [];
  let characters = 0;
  for (const row of rows) {
    if (isPushed(row)) continue;
    if (bodies.length > 0 && characters + row.body.length > bytesOfAPage) {
      return { upTo: row.no - 1, bodies };
    }
    bodies.push(row.body);
    characters += row.body.length;
  }
  const upTo = rows.length < hearsayOfAPage ? last : (rows.at(-1)?.no ?? last);
  return { upTo: Math.max(after, upTo), bodies };
}

/** One batch is read for all of its facts. */
function createIsPushed({ relay }: Ledger, terminalId: string): (fact: Hearsay) => boolean {
  let batch: PlacedBatch | null = null;
  let facts: readonly WireFact[] = [];
  return ({ epoch, seq, body }) => {
    const isInIt = batch?.epoch === epoch && batch.firstSeq <= seq && seq <= batch.lastSeq;
    if (!isInIt) {
      batch = relay.batchWith(terminalId, epoch, seq);
      facts = batch === null ? [] : factsOf(batch);
    }
    return batch !== null && facts[seq - batch.firstSeq]?.body === body;
  };
}

/** [H6] Facts that are not known here. Of our own all of the journal is asked only where their place is another's. */
export function unknownOf(
  { ledger, terminalId }: { readonly ledger: Ledger; readonly terminalId: string },
  facts: readonly TheirFact[],
): string[] {
  const { journal, sync } = ledger;
  const idAt = ({ epoch, seq }: TheirFact) => {
    const [entry] = epoch > journal.head().epoch ? [] : journal.entries(epoch, seq - 1, 1);
    return entry === undefined ? null : parseBody(entry.body).id;
  };
  const isJournaled = (fact: TheirFact) =>
    idAt(fact) === fact.id || journal.positionOfId(fact.id) !== null;
  const isHere = (fact: TheirFact) =>
    sync.storeFactOf(fact.id) !== null || (fact.terminalId === terminalId && isJournaled(fact));
  return facts.filter((fact) => !isHere(fact)).map(({ id }) => id);
}

export function factsOf({ facts }: Pick<PlacedBatch, "facts">): readonly WireFact[] {
  return JSON.parse(facts) as WireFact[];
}
