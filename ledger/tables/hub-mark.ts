import type { Database } from "better-sqlite3";

/** [H3] How far the store's hub has this journal, and how far this till has read there. */
export interface HubMark {
  /** The hub's terminal; a mark is worth something there only. */
  readonly hubId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly cursor: number;
}

export interface HubMarkTable {
  get(): HubMark | null;
  put(mark: HubMark): void;
  /** Forgets what was read: after a transaction was taken back. */
  reload(): void;
}

export function createHubMarkTable(db: Database): HubMarkTable {
  const select = db.prepare<[], HubMark>(
    "SELECT hub_id AS hubId, epoch, seq, hash, cursor FROM hub_mark",
  );
  const put = db.prepare<HubMark>(
    `INSERT INTO hub_mark VALUES (1, @hubId, @epoch, @seq, @hash, @cursor)
     ON CONFLICT (one) DO UPDATE SET hub_id = excluded.hub_id, epoch = excluded.epoch,
       seq = excluded.seq, hash = excluded.hash, cursor = excluded.cursor`,
  );
  let mark = select.get() ?? null;
  return {
    get: () => mark,
    put(next) {
      put.run(next);
      mark = next;
    },
    reload() {
      mark = select.get() ?? null;
    },
  };
}
