import { chainHash, genesisHash } from "../../domain/facts/chain.ts";
import type { Clock, Sha256 } from "../../domain/values/ports.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { RelayChain } from "../../ledger/tables/relay.ts";
import type { Head, WireFact } from "../../sync/protocol/wire.ts";
import { signedText } from "../../sync/protocol/relayed.ts";
import { type Peer, type Relay, RelayRefused, type SignedPush } from "./port.ts";
import { factsOf, lostOf, page, unknownOf } from "./relay-pages.ts";

export interface RelayWorld {
  readonly ledger: Ledger;
  readonly clock: Pick<Clock, "now">;
  readonly sha256: Sha256;
  /** The till that is the hub: its own facts are in its journal and are not folded twice. */
  readonly terminalId: string;
  readonly write: (work: () => void) => void;
  /** Folds what of other tills' facts this till needs and can read, inside `write`; the relay hands on all. */
  readonly fold: (bodies: readonly string[]) => void;
  /** Other tills' facts were folded. */
  readonly onFacts: () => void;
}

/** Until then whoever was given a suspended sale has told that it was taken back. */
const claimMs = 60_000;

/** [H3] The store's hub over a till's own ledger: every batch is on its disk before it is answered. */
export function createRelay(world: RelayWorld): Relay {
  const { ledger, clock } = world;
  const { relay } = ledger;
  const listeners = new Set<() => void>();
  const claimedAtMs = new Map<string, number>();

  /** [H4] Who took it back has said so long ago: it was refused there, or that till is gone. */
  function hasLapsed(suspensionId: string): boolean {
    const sinceMs = Math.abs(clock.now() - (claimedAtMs.get(suspensionId) ?? 0));
    return sinceMs > claimMs && ledger.suspendedSales.get(suspensionId) !== null;
  }

  function keep(peer: Peer, request: SignedPush, fresh: readonly WireFact[], chain: RelayChain) {
    const lastSeq = request.firstSeq + request.facts.length - 1;
    const hash = request.facts.at(-1)?.hash ?? "";
    const { terminalId } = peer;
    const { epoch, firstSeq, signature } = request;
    if (!peer.signed(signedText(terminalId, { epoch, seq: lastSeq, hash }), signature)) {
      throw new RelayRefused("push: the signature is not of this terminal for these facts");
    }
    const facts = JSON.stringify(request.facts);
    world.write(() => {
      const batch = { terminalId, epoch, firstSeq, lastSeq, hash, signature, facts };
      relay.addBatch(batch, clock.now());
      relay.putChain({ ...chain, seq: lastSeq, hash });
      if (terminalId === world.terminalId) return;
      world.fold(fresh.map(({ body }) => body));
    });
    if (terminalId !== world.terminalId) world.onFacts();
    for (const listener of listeners) listener();
  }

  return {
    head({ terminalId }, epoch, acked) {
      const chain = relay.chain(terminalId, epoch);
      const base = acked.epoch === epoch ? acked : { epoch, seq: 0, hash: genesisHash };
      if (chain !== null && chain.seq >= base.seq) {
        noteAcked(world, chain, base.seq);
        return headOf(chain);
      }
      const { seq, hash } = base;
      world.write(() => relay.putChain({ terminalId, epoch, seq, hash, cloudSeq: seq }));
      return { epoch, seq, hash };
    },

    push(peer, request) {
      const chain = relay.chain(peer.terminalId, request.epoch);
      if (chain === null) throw new RelayRefused("push: ask for the head first");
      if (request.firstSeq > chain.seq + 1)
        return { outcome: "gap", head: headOf(chain), verdicts: [] };
      const held = chain.seq - request.firstSeq + 1;
      if (!agrees(world, chain, request, held)) {
        return { outcome: "forked", head: headOf(chain), verdicts: [] };
      }
      const fresh = request.facts.slice(held);
      if (fresh.length > 0) {
        checkChain(world, chain.hash, fresh);
        keep(peer, request, fresh, chain);
      }
      const last = request.firstSeq + request.facts.length - 1;
      const hash = request.facts.at(-1)?.hash ?? chain.hash;
      const head = fresh.length > 0 ? { epoch: request.epoch, seq: last, hash } : headOf(chain);
      return { outcome: "accepted", head, verdicts: [] };
    },

    changes: (peer, after, limit, held) => page(ledger, peer, { after, limit, held }),
    lost: (peer, after) => lostOf(ledger, peer, after),
    unknown: (facts) => unknownOf(world, facts),
    hearsay(bodies) {
      world.write(() => world.fold(bodies));
      world.onFacts();
    },
    end: () => relay.end(),
    onGrowth(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    claim({ terminalId }, suspensionId) {
      let holder = terminalId;
      world.write(() => {
        holder = relay.claim(suspensionId, terminalId);
        if (holder === terminalId || !hasLapsed(suspensionId)) return;
        relay.passClaim(suspensionId, terminalId);
        holder = terminalId;
      });
      if (holder === terminalId) claimedAtMs.set(suspensionId, clock.now());
      return holder;
    },
  };
}

function headOf({ epoch, seq, hash }: RelayChain): Head {
  return { epoch, seq, hash };
}

/** The till has heard of the cloud itself: so much need not be handed on. */
function noteAcked({ ledger, write }: RelayWorld, chain: RelayChain, ackedSeq: number): void {
  if (ackedSeq <= chain.cloudSeq) return;
  write(() => ledger.relay.putChain({ ...chain, cloudSeq: ackedSeq }));
}

/** Whether the part of a push that is held already is the same here. */
function agrees(
  { ledger }: RelayWorld,
  chain: RelayChain,
  { firstSeq, facts }: SignedPush,
  held: number,
): boolean {
  if (held === 0) return true;
  const at = Math.min(held, facts.length) - 1;
  const seq = firstSeq + at;
  if (seq === chain.seq) return facts[at]?.hash === chain.hash;
  const batch = ledger.relay.batchWith(chain.terminalId, chain.epoch, seq);
  // What is no longer here the cloud has: it will judge.
  if (batch === null) return true;
  return factsOf(batch)[seq - batch.firstSeq]?.hash === facts[at]?.hash;
}

function checkChain({ sha256 }: RelayWorld, headHash: string, facts: readonly WireFact[]): void {
  let previous = headHash;
  for (const { body, hash } of facts) {
    if (chainHash(sha256, previous, body) !== hash) {
      throw new RelayRefused("push: a fact does not continue the one before it");
    }
    previous = hash;
  }
}
