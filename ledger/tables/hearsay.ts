import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../domain/facts/fact.ts";

/** [H6] A store fact that came by way of a hub; the cloud has not told of it. */
export interface Hearsay extends FactPosition {
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
  /** After `position`, in the order they came. */
  after(position: number, maxCount: number): Hearsay[];
  /** Of one terminal. */
  of(terminalId: string, afterPosition: number, maxCount: number): Hearsay[];
  /**
   * A snapshot has in its levels what stands up to its heads, and the feed after it may not tell of
   * that. Looks at what came after `position`; of `butOf`, our own terminal, nothing is taken out.
   */
  removeCovered(butOf: string, position: number): void;
  /** The last one's position, 0 when there is none. */
  last(): number;
  /** Our own lost fact at store position `from` was journaled again at `to`: that is its place now. */
  retold(from: number, to: number): void;
  /** The lost fact that was journaled again at a journal position; null where none was. */
  retoldAt(position: number): Pick<Hearsay, "position" | "body"> | null;
  /** The cloud holds the lost fact at its first place. False when it was never journaled again. */
  forgetRetold(from: number): boolean;
}

export function createHearsayTable(db: Database): HearsayTable {
  const add = db.prepare<[number]>("INSERT INTO hearsay VALUES (?) ON CONFLICT DO NOTHING");
  const remove = db.prepare<[number]>("DELETE FROM hearsay WHERE position = ?");
  // The place that its terminal gave it, whatever became of it since.
  const columns = `SELECT position, json_extract(body, '$.id') AS id, terminal_id AS terminalId,
      json_extract(body, '$.epoch') AS epoch, json_extract(body, '$.seq') AS seq, body
    FROM hearsay JOIN store_fact USING (position) WHERE position > ?`;
  const after = db.prepare<[number, number], Hearsay>(`${columns} ORDER BY position LIMIT ?`);
  const of = db.prepare<[number, string, number], Hearsay>(
    `${columns} AND terminal_id = ? ORDER BY position LIMIT ?`,
  );
  const last = db.prepare<[], number>("SELECT coalesce(max(position), 0) FROM hearsay").pluck();
  const removeCovered = db.prepare<[string, number]>(
    `DELETE FROM hearsay WHERE position IN (
       SELECT fact.position FROM hearsay JOIN store_fact AS fact USING (position)
       JOIN json_each((SELECT heads FROM stock_base_page ORDER BY page_no DESC LIMIT 1), '$.heads') AS head
       WHERE fact.terminal_id <> ? AND hearsay.position > ? AND fact.epoch > 0
         AND fact.terminal_id = head.value ->> '$.terminalId'
         AND fact.epoch = head.value ->> '$.epoch' AND fact.seq <= head.value ->> '$.seq')`,
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
    after: (position, maxCount) => after.all(position, maxCount),
    of: (terminalId, position, maxCount) => of.all(position, terminalId, maxCount),
    removeCovered: (butOf, position) => void removeCovered.run(butOf, position),
    last: () => last.get() ?? 0,
    retoldAt: (position) => retoldAt.get(position) ?? null,
    retold: (from, to) => void retold.run(from, to),
    forgetRetold: (from) => forget.run(from).changes > 0,
  };
}
