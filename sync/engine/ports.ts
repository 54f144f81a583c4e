import type {
  Change,
  ChangePage,
  Head,
  PushRequest,
  PushResponse,
  Verdict,
} from "../protocol/wire.ts";

/** A fact as the journal holds it. */
export interface JournalEntry {
  readonly seq: number;
  readonly body: string;
  readonly hash: string;
}

/**
 * [U1] What the engine needs of the ledger: the journal past `acked` is the outbox. All calls are
 * synchronous.
 */
export interface SyncLedger {
  head(): Head;
  acked(): AckedMark;
  /**
   * The current epoch's journal after `afterSeq` (also before the mark), in order, at most
   * `maxCount` entries and about `maxBytes` of text (at least one entry).
   */
  unsent(afterSeq: number, limits: { maxCount: number; maxBytes: number }): readonly JournalEntry[];
  /** How many facts are unsent and when the oldest was written; null when none. */
  backlog(): { readonly count: number; readonly oldestAtMs: number | null };
  /**
   * [U5] Moves the mark in one transaction, with the verdicts that are not plain. Never past the
   * head; [U7] back when the cloud was set back. With the mark where it is: notes when it was
   * proved.
   */
  recordAck(head: Head, verdicts: readonly Verdict[], atMs: number): void;
  /**
   * [U2] The cloud's chain differs: closes the epoch and continues in a new one, recorded as an
   * exception. The facts after the mark are journaled again there, their ids unchanged; the new
   * mark is seq 0.
   */
  openNewEpoch(cloudHead: Head, atMs: number): void;
  /** [D1] The position of the last change applied from the store's feed, 0 at first. */
  cursor(): number;
  /** [D1] Applies the changes and moves the cursor, together or not at all. */
  applyChanges(changes: readonly Change[], cursor: number): void;
}

export interface AckedMark extends Head {
  /** Wall time of the last acknowledgement or comparison that agreed; null when never. */
  readonly provedAtMs: number | null;
}

/**
 * The line to the cloud. Calls reject with `TransportError` only, and always end: they time out.
 */
export interface Transport {
  push(request: PushRequest): Promise<PushResponse>;
  /** [U5] What the cloud holds of this terminal's epoch. */
  head(epoch: number): Promise<Head & { readonly serverTimeMs: number }>;
  /**
   * [D1] The feed after `after`; without this terminal's own facts up to `held` where the cloud
   * agrees.
   */
  pull(after: number, limit: number, held: Head): Promise<ChangePage>;
  /**
   * Calls `onPoke` when there may be something new. A poke is only a hint. Once
   * `onConnection(false)` was called this subscription is over; whoever wants another subscribes
   * again.
   */
  subscribe(onPoke: () => void, onConnection: (connected: boolean) => void): () => void;
  /** Drops every connection and gives up calls under way; the next call begins anew. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * - `unreachable`: no answer; try again later.
 * - `unauthorised`: the cloud does not know this terminal's secret; a person must act.
 * - `timeout`: reached perhaps, but no answer in time; try again later, with less.
 * - `too-large`: 413; split it.
 * - `refused`: the cloud answered that the request itself is wrong (protocol version, bad input).
 */
export type TransportErrorKind =
  | "unreachable"
  | "timeout"
  | "unauthorised"
  | "too-large"
  | "refused";

export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly kind: TransportErrorKind;
  constructor(kind: TransportErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What people are told about the line. */
export interface SyncStatus {
  readonly connection: "online" | "offline" | "unauthorised" | "refused";
  readonly unsent: number;
  readonly oldestUnsentAtMs: number | null;
  readonly acked: AckedMark;
  readonly head: Head;
  /** The cloud's last word on this epoch; null when it has not been heard since the start. */
  readonly cloud: Head | null;
  /** [U5] True only when count and hash agree with the cloud's own word. */
  readonly provedEqual: boolean;
  readonly provedAtMs: number | null;
  /** Server time − local time at the last answer, milliseconds; null when never measured. */
  readonly clockSkewMs: number | null;
  readonly lastError: string | null;
  /** Position in the store's feed and the feed's end as last heard. */
  readonly cursor: number;
  readonly feedEnd: number | null;
}

export interface SyncEngine {
  start(): void;
  /** Something was written, or the network came back: look now. */
  wake(): void;
  status(): SyncStatus;
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** [D1] Called after a page was applied. */
  onChanges(listener: (changes: readonly Change[]) => void): () => void;
  stop(): Promise<void>;
}
