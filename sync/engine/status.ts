import type { CloudWord } from "./cloud-word.ts";
import type { Lane } from "./lane.ts";
import type { Line } from "./line.ts";
import { type SyncLedger, type SyncStatus, TransportError } from "./ports.ts";

export interface StatusSources {
  readonly ledger: SyncLedger;
  readonly line: Line;
  readonly cloud: CloudWord;
  /** In the order in which their troubles are told. */
  readonly lanes: readonly Lane[];
  readonly feedEnd: () => number | null;
}

/** What people are told, made fresh from where each part is known. */
export function statusOf({ ledger, line, cloud, lanes, feedEnd }: StatusSources): SyncStatus {
  const acked = ledger.acked();
  const { count, oldestAtMs } = ledger.backlog();
  const trouble = line.trouble() ?? lanes.map((lane) => lane.trouble()).find((t) => t !== null);
  return {
    connection: connectionOf(line.isUp(), trouble),
    unsent: count,
    oldestUnsentAtMs: oldestAtMs,
    acked,
    head: ledger.head(),
    cloud: cloud.head(),
    provedEqual: cloud.isProvedEqual(),
    provedAtMs: acked.provedAtMs,
    clockSkewMs: cloud.clockSkewMs(),
    lastError: trouble?.message ?? null,
    trouble: troubleKind(trouble),
    breaker: line.breaker(),
    cursor: ledger.cursor(),
    feedEnd: feedEnd(),
    snapshot: ledger.snapshot(),
  };
}

function troubleKind(trouble: Error | undefined): SyncStatus["trouble"] {
  if (trouble === undefined) return null;
  return trouble instanceof TransportError ? trouble.kind : "here";
}

function connectionOf(isUp: boolean, trouble: Error | undefined): SyncStatus["connection"] {
  const kind = trouble instanceof TransportError ? trouble.kind : null;
  if (kind === "unauthorised" || kind === "refused") return kind;
  return isUp ? "online" : "offline";
}
