import type { Ledger } from "../../ledger/ledger.ts";
import { type SyncLedger, TransportError } from "../../sync/engine/ports.ts";
import type { Change, Head } from "../../sync/protocol/wire.ts";

export interface HubLedgerWorld {
  readonly ledger: Ledger;
  /** The same journal towards the cloud: what the cloud has, the hub need not have. */
  readonly cloud: SyncLedger;
  /** The till that is the hub at the moment. */
  readonly hubId: () => string;
  readonly write: (work: () => void) => void;
  /** Folds other tills' facts, and [H6] lost ones of our own, inside `write`. */
  readonly takeFacts: (bodies: readonly string[]) => void;
}

/**
 * [H3] The journal towards the store's hub: the same outbox with a mark of its own. What a hub says
 * moves neither the cloud's mark nor the journal; of another hub nothing is known.
 */
export function createHubLedger({ ledger, cloud, ...world }: HubLedgerWorld): SyncLedger {
  const { hubMark, journal } = ledger;

  /**
   * Where this till begins at a hub that is new to it: what the cloud had by then. It stands still while
   * the cloud's own mark moves on, for a mark moves by the hub's word alone.
   */
  let base = { hubId: "", head: cloud.acked() as Head };

  function acked(): Head {
    const hubId = world.hubId();
    const { epoch } = cloud.head();
    const mark = hubMark.get();
    const isKnown = mark?.hubId === hubId && mark.epoch === epoch;
    if (isKnown) return { epoch, seq: mark.seq, hash: mark.hash };
    if (base.hubId !== hubId || base.head.epoch !== epoch) base = { hubId, head: cloud.acked() };
    const { seq, hash } = base.head;
    return { epoch, seq, hash };
  }

  function put({ epoch, seq, hash }: Head, to: number): void {
    world.write(() => hubMark.put({ hubId: world.hubId(), epoch, seq, hash, cursor: to }));
  }

  function cursor(): number {
    const mark = hubMark.get();
    return mark?.hubId === world.hubId() ? mark.cursor : 0;
  }

  return {
    head: () => cloud.head(),
    acked: () => ({ ...acked(), provedAtMs: null }),
    past: () => [],
    ledgerId: () => cloud.ledgerId(),
    unsent: (afterSeq, limits) => cloud.unsent(afterSeq, limits),
    backlog() {
      const count = cloud.head().seq - acked().seq;
      if (count === 0) return { count, oldestAtMs: null };
      return { count, oldestAtMs: journal.writtenAtMs(cloud.head().epoch, acked().seq + 1) };
    },
    recordAck: (head) => put(head, cursor()),
    // [H6] The hub holds facts that this journal has lost: it was put back from an older copy.
    openNewEpoch: (hubHead, atMs) => cloud.openNewEpoch(hubHead, atMs),
    cursor,
    seen: () => ({ stamp: null, known: 0, read: null }),
    hearsay: () => [],
    placeHearsay() {},
    applyChanges(changes, to) {
      const bodies = changes.flatMap((change: Change) =>
        change.kind === "fact" ? [change.body] : [],
      );
      const { epoch, seq, hash } = acked();
      world.write(() => {
        world.takeFacts(bodies);
        hubMark.put({ hubId: world.hubId(), epoch, seq, hash, cursor: to });
      });
    },
    snapshot: () => null,
    isNew: () => false,
    beginSnapshot() {
      throw new TransportError("refused", "A hub has no snapshots.");
    },
    takeSnapshotPage() {
      throw new TransportError("refused", "A hub has no snapshots.");
    },
  };
}
