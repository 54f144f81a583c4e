import type { Database } from "better-sqlite3";
import { z } from "zod";
import { present } from "../../../domain/values/assert.ts";
import { RequestRefused } from "../request-refused.ts";

/**
 * [D5] Which life of this database wrote a position of a store's feed. Each opening begins a new one
 * with a random stamp; a copy put back lacks the later ones, so a till that read further notices.
 */
export interface Lineage {
  /** The stamp of the life that wrote `position`. */
  stampAt(storeNo: number, position: number): string;
  /** The stamp of this opening. */
  newest(storeNo: number): string;
  /** A store that was just made. */
  begin(storeNo: number): void;
}

/** How a feed stood when something was read from it: where it ended, and its stamp there. */
export const pastSchema = z.object({ upTo: z.number(), stamp: z.string() });
type Past = z.infer<typeof pastSchema>;

/** It came from a till: what cannot be read was not made here. */
export function readPast(text: string): Past {
  try {
    return pastSchema.parse(JSON.parse(text));
  } catch {
    throw new RequestRefused("BadRequest", "changes: read: not what a snapshot's page said");
  }
}

/** A backup was put back that does not have all that was read. */
export function isGone(
  past: Past,
  feed: { readonly upTo: number; readonly stampAt: (position: number) => string },
): boolean {
  return past.upTo > feed.upTo || feed.stampAt(past.upTo) !== past.stamp;
}

export const lineageMigration = `
  CREATE TABLE lineage (
    store_no INTEGER NOT NULL REFERENCES store,
    after_position INTEGER NOT NULL,
    stamp TEXT NOT NULL,
    PRIMARY KEY (store_no, after_position)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO lineage SELECT store_no, 0, lower(hex(randomblob(16))) FROM store;
  ALTER TABLE store ADD COLUMN feed_floor INTEGER NOT NULL DEFAULT 0;
`;

/** Begins a new life of every store. Where nothing was written since the last, it takes its place. */
export function createLineage(db: Database): Lineage {
  db.exec(
    `INSERT INTO lineage SELECT store_no, feed_end, lower(hex(randomblob(16))) FROM store WHERE true
     ON CONFLICT (store_no, after_position) DO UPDATE SET stamp = excluded.stamp`,
  );
  const at = db
    .prepare<[number, number], string>(
      // Of a plain `?` SQLite looks at the value, and makes a plan anew for each.
      `SELECT stamp FROM lineage WHERE store_no = CAST(? AS INTEGER) AND after_position < ?
       ORDER BY after_position DESC LIMIT 1`,
    )
    .pluck();
  const begin = db.prepare("INSERT INTO lineage VALUES (?, 0, lower(hex(randomblob(16))))");
  const stampAt = (storeNo: number, position: number) =>
    present(at.get(storeNo, Math.max(position, 1)), "the stamp of a position");
  return {
    stampAt,
    newest: (storeNo) => stampAt(storeNo, Number.MAX_SAFE_INTEGER),
    begin: (storeNo) => void begin.run(storeNo),
  };
}
