import type { Database } from "better-sqlite3";

/** Where an own edit stands in the journal. */
export interface OwnEdit {
  readonly position: number;
  /** The cloud has it; the feed has not told yet what came of it. */
  readonly isHeard: boolean;
}

/** [C3] This till's own product edits, until the feed has told what came of them. */
export interface OwnEditTable {
  add(position: number, sku: string): void;
  isEmpty(): boolean;
  /** The edits of a good, oldest first. */
  of(sku: string): OwnEdit[];
  /** The feed told this of the good (JSON) while the cloud had perhaps not heard of its edits. */
  keepTold(sku: string, told: string): void;
  /**
   * The cloud has heard of what stands up to `position`. Answers with what the feed had told before of
   * the goods that it heard of now: that may have been its judgement already.
   */
  heard(position: number): string[];
  /** The feed has told what came of it. */
  forget(position: number): void;
  /** After a new epoch: the copies of the facts after `position` are what travels. */
  follow(position: number): void;
}

export function createOwnEditTable(db: Database): OwnEditTable {
  const add = db.prepare<[number, string]>("INSERT INTO own_edit (position, sku) VALUES (?, ?)");
  const of = db.prepare<[string], { position: number; heard: number }>(
    "SELECT position, heard FROM own_edit WHERE sku = ? ORDER BY position",
  );
  const any = db.prepare<[], number>("SELECT 1 FROM own_edit LIMIT 1").pluck();
  const hear = db
    .prepare<[number], string | null>(
      "UPDATE own_edit SET heard = 1 WHERE position <= ? AND heard = 0 RETURNING told",
    )
    .pluck();
  const keep = db.prepare<[string, string]>("UPDATE own_edit SET told = ? WHERE sku = ?");
  const forget = db.prepare<[number]>("DELETE FROM own_edit WHERE position = ?");
  const follow = db.prepare<[number]>(
    `UPDATE own_edit SET position = copy.position
     FROM (SELECT carries, max(position) AS position FROM journal
           WHERE position > ? AND carries IS NOT NULL GROUP BY carries) AS copy
     WHERE own_edit.position = copy.carries`,
  );
  return {
    add: (position, sku) => void add.run(position, sku),
    isEmpty: () => any.get() === undefined,
    of: (sku) => of.all(sku).map(({ position, heard }) => ({ position, isHeard: heard === 1 })),
    keepTold: (sku, told) => void keep.run(told, sku),
    heard: (position) => [...new Set(hear.all(position).filter((told) => told !== null))],
    forget: (position) => void forget.run(position),
    follow: (position) => void follow.run(position),
  };
}
