import type { BreakerStatus } from "./breaker.ts";
import type { TillReport } from "../protocol/office.ts";
import type { SnapshotPage } from "../protocol/snapshot.ts";
import type {
  Change,
  ChangePage,
  FactPlace,
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
  /** [R2] Random; made with the ledger, and anew with each epoch. */
  ledgerId(): string;
  head(): Head;
  acked(): AckedMark;
  /**
   * The current epoch's journal after `afterSeq` (also before the mark), in order, at most
   * `maxCount` entries and about `maxBytes` of text (at least one entry). With `epoch`: of an older
   * one.
   */
  unsent(
    afterSeq: number,
    limits: { maxCount: number; maxBytes: number },
    epoch?: number,
  ): readonly JournalEntry[];
  /** [R3] Where the journal's older epochs ended, the oldest first. */
  past(): readonly Head[];
  /** How many facts are unsent and when the oldest was written; null when none. */
  backlog(): { readonly count: number; readonly oldestAtMs: number | null };
  /**
   * [U5] Moves the mark in one transaction, with the verdicts that are not plain. Never past the
   * head; [U7] back when the cloud was set back. With the mark where it is: notes when it was
   * proved. `news`: [D1] what these facts caused stands in the feed up to here; null where the cloud
   * does not tell.
   */
  recordAck(head: Head, verdicts: readonly Verdict[], atMs: number, news?: number | null): void;
  /**
   * [U2] The cloud's chain differs: closes the epoch and continues in a new one, recorded as an
   * exception. The facts after the mark are journaled again there, their ids unchanged; the new
   * mark is seq 0.
   */
  openNewEpoch(cloudHead: Head, atMs: number): void;
  /** [D1] The position of the last change applied from the store's feed, 0 at first. */
  cursor(): number;
  /** [D5] [D2] What goes with the cursor. */
  seen(): FeedSeen;
  /** [D1] Applies the changes and moves the cursor, together or not at all. */
  applyChanges(changes: readonly Change[], cursor: number, about?: PageNotes): void;
  /**
   * [H6] Ids of facts that only the store's own network told, and that the cloud was not asked about
   * since the last snapshot, which the feed may have told of before it.
   */
  hearsay(): readonly string[];
  /** [H6] The cloud's answer about the last ones: what it holds of them stands where it says. */
  placeHearsay(places: readonly FactPlace[]): void;
  /** [D2] The snapshot under way, also after a restart; null when none is. */
  snapshot(): SnapshotUnderWay | null;
  /** [D2] Nothing was ever read of the feed: begin with a snapshot. */
  isNew(): boolean;
  /** [D2] Begins a snapshot, or begins the one under way again. */
  beginSnapshot(why: SnapshotWhy): void;
  /**
   * [D2] Takes a page over with its place, in one transaction; with the last one the cursor goes to
   * the feed's floor. Never touches the journal.
   */
  takeSnapshotPage(page: SnapshotPage): void;
}

export interface FeedSeen {
  /** [D5] The stamp that came with the cursor; null when none did. */
  readonly stamp: string | null;
  /** [D2] Entries up to here a snapshot brought, all but facts. */
  readonly known: number;
  /** [D5] What the snapshot's last page said of itself; handed back as it is. */
  readonly read: string | null;
}

export interface FeedQuery extends FeedSeen {
  /** [H6] Ids of facts whose place is asked for. */
  readonly hearsay?: readonly string[];
}

export interface PageNotes {
  readonly stamp: string | null;
  /** [V2] Kinds of changes that this version does not know. */
  readonly passedOver?: readonly string[] | undefined;
  /** [C5] This terminal's newest chain, as the cloud had it when the page was read. */
  readonly chain?: Head | null | undefined;
}

/**
 * Why a snapshot is read: the till is new, was away for longer than the feed reaches back, or the
 * cloud was put back from a backup.
 */
export type SnapshotWhy = "new-till" | "too-old" | "cloud-restored";

export interface SnapshotUnderWay {
  readonly why: SnapshotWhy;
  /** What to ask the next page with; null for the first. */
  readonly next: string | null;
  /** Rows taken over, of how many; 0 until the cloud has said it. */
  readonly done: number;
  readonly total: number;
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
  /** [U5] What the cloud holds of this terminal's epoch; [R3] `acked` is what it said that it holds. */
  head(
    epoch: number,
    report?: TillReport,
    acked?: number,
  ): Promise<Head & { readonly serverTimeMs: number }>;
  /**
   * [D1] The feed after `after`; without this terminal's own facts up to `held` where the cloud
   * agrees.
   */
  pull(after: number, limit: number, held: Head, query?: FeedQuery): Promise<ChangePage>;
  /** [D2] A page of the store as it stands; `after` is what the page before said is next. */
  snapshot(after: string | null, limit: number): Promise<SnapshotPage>;
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
  /** What kind of trouble `lastError` is; `here`: of this till itself, such as a full disk. */
  readonly trouble: TransportErrorKind | "here" | null;
  readonly breaker: BreakerStatus;
  /** Position in the store's feed and the feed's end as last heard. */
  readonly cursor: number;
  readonly feedEnd: number | null;
  /** [D2] The snapshot under way; null when none is. */
  readonly snapshot: SnapshotUnderWay | null;
}

export interface SyncEngine {
  start(): void;
  /** Something was written, or the network came back: look now. */
  wake(): void;
  status(): SyncStatus;
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** [D1] Called after a page was applied. */
  onChanges(listener: (changes: readonly Change[]) => void): () => void;
  /** [D2] Called after a page of a snapshot was taken over. */
  onSnapshot(listener: () => void): () => void;
  stop(): Promise<void>;
}
