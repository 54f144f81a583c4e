import type { SyncStatus } from "../../sync/engine/ports.ts";
import type { NetworkView } from "../contract/views.ts";
import type { Till } from "../state/till.ts";

export function networkView(
  status: Pick<
    SyncStatus,
    "connection" | "unsent" | "oldestUnsentAtMs" | "provedEqual" | "provedAtMs"
  >,
): NetworkView {
  return {
    state: status.connection,
    unsent: status.unsent,
    oldestUnsentAtMs: status.oldestUnsentAtMs,
    provedEqual: status.provedEqual,
    provedAtMs: status.provedAtMs,
  };
}

/** Of a till without a line. */
const noBreaker = {
  state: "open",
  sinceMs: null,
  failures: 0,
  nextTryAtMs: null,
  last: null,
} as const;

/** The engine's word; without a line to the cloud, the ledger's own: everything is here, nothing is proved. */
export function syncStatusOf({ ledger, loops }: Till): SyncStatus {
  const heard = loops.syncStatus();
  if (heard !== null) return heard;
  const { epoch, seq, hash } = ledger.journal.head();
  const mark = ledger.sync.mark();
  const unsent = seq - mark.seq;
  return {
    connection: "offline",
    unsent,
    oldestUnsentAtMs: unsent === 0 ? null : ledger.journal.writtenAtMs(epoch, mark.seq + 1),
    acked: mark,
    head: { epoch, seq, hash },
    cloud: null,
    provedEqual: false,
    provedAtMs: mark.provedAtMs,
    clockSkewMs: null,
    lastError: null,
    trouble: null,
    breaker: noBreaker,
    cursor: mark.cursor,
    feedEnd: null,
    snapshot: ledger.snapshot.underWay(),
  };
}
