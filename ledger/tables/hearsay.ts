import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../domain/facts/fact.ts";

/** [H6] A store fact that came by way of a hub; the cloud has not told of it. */
export interface Hearsay extends FactPosition {
  /** Grows; where another one's list goes on. */
  readonly no: number;
  /** Of the store fact. */
  readonly position: number;
  readonly id: string;
  readonly body: string;
}

/**
 * [H6] What only the store's own network told: the cloud may lack it. Of our own terminal: facts that
 * the journal has lost.
 */
export interface HearsayTable {
  add(position: number): void;
  /** The cloud has told of it, or it was journaled again. False when it was no hearsay. */
  remove(position: number): boolean;
  /** After number `no`, in the order they came. */
  after(no: number, maxCount: number): Hearsay[];
  /** Of one terminal. */
  of(terminalId: string, afterNo: number, maxCount: number): Hearsay[];
  /**
   * A snapshot has in its levels what stands up to its heads, and the feed after it may not tell of
   * that. Looks at what came after number `no`; of `butOf`, our own terminal, nothing is taken out.
   */
  removeCovered(butOf: string, no: number): void;
  /**
   * [R3] The cloud was put back from a backup: what the snapshot does not have in its levels the cloud
   * may lack, whoever told it.
   */
  addUncovered(): void;
  /** The last one's number, 0 when there never was one. */
  last(): number;
  /** Our own lost fact at store position `from` was journaled again at `to`: that is its place now. */
  retold(from: number, to: number): void;
  /** The lost fact that was journaled again at a journal position; null where none was. */
  retoldAt(position: number): Pick<Hearsay, "position" | "body"> | null;
  /** The cloud holds the lost fact at its first place. False when it was never journaled again. */
  forgetRetold(from: number): boolean;
}

/** Up to where the newest page of a snapshot has facts in its levels. */
const newestHeads = `WITH head (terminal_id, epoch, seq) AS MATERIALIZED (
  SELECT value ->> '$.terminalId', value ->> '$.epoch', value ->> '$.seq'
  FROM json_each((SELECT heads FROM stock_base_page ORDER BY page_no DESC LIMIT 1), '$.heads'))`;
const isCovered = `EXISTS (SELECT 1 FROM head WHERE head.terminal_id = store_fact.terminal_id
  AND head.epoch = store_fact.epoch AND store_fact.seq <= head.seq)`;

export function createHearsayTable(db: Database): HearsayTable {
  const add = db.prepare<[number]>(
    "INSERT INTO hearsay (position) VALUES (?) ON CONFLICT DO NOTHING",
  );
  const remove = db.prepare<[number]>("DELETE FROM hearsay WHERE position = ?");
  // The place that its terminal gave it, whatever became of it since.
  const columns = `SELECT no, position, json_extract(body, '$.id') AS id, terminal_id AS terminalId,
      json_extract(body, '$.epoch') AS epoch, json_extract(body, '$.seq') AS seq, body
    FROM hearsay JOIN store_fact USING (position) WHERE no > ?`;
  // Cast: of a plain `?` SQLite makes a plan anew for each value.
  const after = db.prepare<[number, number], Hearsay>(
    `${columns} ORDER BY no LIMIT CAST(? AS INTEGER)`,
  );
  const of = db.prepare<[number, string, number], Hearsay>(
    `${columns} AND terminal_id = CAST(? AS TEXT) ORDER BY no LIMIT CAST(? AS INTEGER)`,
  );
  const last = db.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'hearsay'");
  last.pluck();
  const removeCovered = db.prepare<[string, number]>(
    `${newestHeads} DELETE FROM hearsay WHERE position IN (
       SELECT position FROM hearsay JOIN store_fact USING (position)
       WHERE terminal_id <> ? AND no > ? AND ${isCovered})`,
  );
  const addUncovered = db.prepare(
    `${newestHeads} INSERT INTO hearsay (position) SELECT position FROM store_fact
     WHERE NOT ${isCovered} AND position NOT IN (SELECT store_position FROM retold_fact)
     ORDER BY position
     ON CONFLICT DO NOTHING`,
  );
  const retoldAt = db.prepare<[number], Pick<Hearsay, "position" | "body">>(
    `SELECT store_fact.position, body FROM retold_fact
     JOIN store_fact ON store_fact.position = store_position WHERE retold_fact.position = ?`,
  );
  const retold = db.prepare<[number, number]>("INSERT INTO retold_fact VALUES (?, ?)");
  const forget = db.prepare<[number]>("DELETE FROM retold_fact WHERE store_position = ?");
  return {
    add: (position) => void add.run(position),
    remove: (position) => remove.run(position).changes > 0,
    after: (no, maxCount) => after.all(no, maxCount),
    of: (terminalId, no, maxCount) => of.all(no, terminalId, maxCount),
    removeCovered: (butOf, no) => void removeCovered.run(butOf, no),
    addUncovered: () => void addUncovered.run(),
    last: () => last.get() ?? 0,
    retoldAt: (position) => retoldAt.get(position) ?? null,
    retold: (from, to) => void retold.run(from, to),
    forgetRetold: (from) => forget.run(from).changes > 0,
  };
}
