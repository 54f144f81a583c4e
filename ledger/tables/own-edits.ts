import type { Database } from "better-sqlite3";

/** [C3] Where this till's own product edits stand in the journal, while the cloud has not heard them. */
export interface OwnEditTable {
  add(position: number, sku: string): void;
  isEmpty(): boolean;
  /** Positions of the edits of a good, oldest first. */
  of(sku: string): number[];
  /** Forgets what stands up to `position`: the cloud has judged it. */
  forget(position: number): void;
  /** After a new epoch: the copies of the facts after `position` are what travels. */
  follow(position: number): void;
}

export function createOwnEditTable(db: Database): OwnEditTable {
  const add = db.prepare<[number, string]>("INSERT INTO own_edit VALUES (?, ?)");
  const of = db
    .prepare<[string], number>("SELECT position FROM own_edit WHERE sku = ? ORDER BY position")
    .pluck();
  const any = db.prepare<[], number>("SELECT 1 FROM own_edit LIMIT 1").pluck();
  const forget = db.prepare<[number]>("DELETE FROM own_edit WHERE position <= ?");
  const follow = db.prepare<[number]>(
    `UPDATE own_edit SET position = copy.position
     FROM (SELECT carries, max(position) AS position FROM journal
           WHERE position > ? AND carries IS NOT NULL GROUP BY carries) AS copy
     WHERE own_edit.position = copy.carries`,
  );
  return {
    add: (position, sku) => void add.run(position, sku),
    isEmpty: () => any.get() === undefined,
    of: (sku) => of.all(sku),
    forget: (position) => void forget.run(position),
    follow: (position) => void follow.run(position),
  };
}
