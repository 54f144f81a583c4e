import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";
import type { SyncView } from "../contract/views.ts";
import type { Till } from "../state/till.ts";
import { networkView, syncStatusOf } from "../views/network-view.ts";

export const viewSync: Query<"sync.view"> = (till) => ok(syncView(till));

export const wakeSync: Query<"sync.wake"> = (till) => {
  till.loops.wakeSync();
  return ok(syncView(till));
};

function hubView({ loops }: Till): SyncView["hub"] {
  const hub = loops.hub();
  if (hub === null) return null;
  const { tillNumber, isSelf } = hub;
  return { tillNumber, isSelf, isShared: loops.isSharedWithHub() };
}

/** [U5] Both sides' word side by side. */
function syncView(till: Till): SyncView {
  const status = syncStatusOf(till);
  const { epoch } = status.head;
  return {
    network: networkView(status),
    terminalId: till.terminal.terminalId,
    epoch,
    local: { seq: status.head.seq, hash: status.head.hash },
    acked: { seq: status.acked.seq, hash: status.acked.hash },
    cloud: status.cloud === null ? null : { seq: status.cloud.seq, hash: status.cloud.hash },
    hub: hubView(till),
    cursor: status.cursor,
    feedEnd: status.feedEnd,
    clockSkewMs: status.clockSkewMs,
    lastError: status.lastError,
    trouble: status.trouble,
    breaker: status.breaker,
    parked: till.ledger.sync
      .parked()
      .filter((entry) => entry.epoch === epoch)
      .map(({ seq, reason }) => ({ seq, reason })),
  };
}
