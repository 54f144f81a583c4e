import type { SnapshotPage } from "../../sync/protocol/snapshot.ts";

/** [D2] [D5] [D6] What snapshots and the feed's past need of a database. Part of `StorePort`. */
export interface SnapshotPort {
  /** [D2] A page of the store as it stands: one reading, whole in itself. */
  snapshot(query: SnapshotQuery): Promise<SnapshotPage>;
  /**
   * [D6] Forgets the feed's entries of facts received before `beforeMs`, up to the first that was
   * received later; the facts stay. Answers with the new floor: a till that is behind it needs a
   * snapshot.
   */
  forgetFeedBefore(storeId: string, beforeMs: number): Promise<number>;
  /**
   * [R3] A till has seen more than this database holds: it was put back from a backup. Told to a
   * person once an opening.
   */
  noteRestored(noticed: RestoreNoticed): Promise<void>;
}

export interface SnapshotQuery {
  readonly storeId: string;
  /** `next` of the page before; null for the first. */
  readonly after: string | null;
  readonly limit: number;
  readonly maxBytes: number;
  /** [C5] Whose chain the page tells. */
  readonly terminalId?: string | undefined;
}

export interface RestoreNoticed {
  readonly storeId: string;
  readonly terminalId: string;
  readonly atMs: number;
  /** Facts of that till that were acknowledged and are not there; 0 when only the feed tells. */
  readonly missing: number;
}
