import type { Database } from "better-sqlite3";
import type { AnyFact, FactPosition } from "../../domain/facts/fact.ts";
import { assert, present } from "../../domain/values/assert.ts";
import { hexOf } from "../../domain/values/id.ts";
import type { StoreMovement } from "../projections/stock-projection.ts";

export interface SyncMark {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly provedAtMs: number | null;
  readonly cursor: number;
}

/** [U5] How far the cloud acknowledged this journal, and [D1] how far we read its feed. One row. */
export interface SyncTable {
  mark(): SyncMark;
  setAcked(acked: Pick<SyncMark, "epoch" | "seq" | "hash">, provedAtMs: number | null): void;
  setCursor(cursor: number): void;
  addParked(epoch: number, seq: number, reason: string): void;
  /** [U8] The cloud has applied what it had parked for this reason. */
  unpark(reason: string): void;
  parked(): { readonly epoch: number; readonly seq: number; readonly reason: string }[];
  /** Keeps another terminal's fact; null when it was here already, else its position. */
  addStoreFact(fact: AnyFact, body: string): number | null;
  /** [H6] Keeps one whose place another fact has: it stands nowhere until the cloud tells. */
  addUnplaced(fact: AnyFact, body: string): number;
  /** The kept fact of this id, at whatever place; null when it is not here. */
  storeFactOf(id: string): StoreFact | null;
  /** The kept fact at a place, whatever its id. */
  storeFactAt(place: FactPosition): StoreFact | null;
  /** [H6] The cloud has the fact at another place, with these bytes. */
  moveStoreFact(position: number, place: FactPosition, body: string): void;
  /** [H6] The cloud has another fact at this one's place. */
  unplace(position: number): void;
  /** Whether any fact of a terminal is kept; [D3] of our own: what the journal has lost. */
  hasChainOf(terminalId: string): boolean;
  storeFact(position: number): string;
  storeFacts(): IterableIterator<{ readonly position: number; readonly body: string }>;
  /** False when it was here already. */
  addStoreMovement(movement: StoreMovement): boolean;
  storeMovements(): IterableIterator<StoreMovement>;
  reload(): void;
}

export interface StoreFact extends FactPosition {
  readonly position: number;
  readonly body: string;
}

export function createSyncTable(db: Database): SyncTable {
  const select = db.prepare<[], RawMark>("SELECT * FROM sync_mark");
  const setAcked = db.prepare<[number, number, Buffer, number | null]>(
    "UPDATE sync_mark SET epoch = ?, seq = ?, hash = ?, proved_at_ms = coalesce(?, proved_at_ms)",
  );
  const setCursor = db.prepare<[number]>("UPDATE sync_mark SET cursor = ?");
  const park = db.prepare<[number, number, string]>(
    "INSERT INTO parked VALUES (?, ?, ?) ON CONFLICT (epoch, seq) DO NOTHING",
  );
  const parked = db.prepare<[], { epoch: number; seq: number; reason: string }>(
    "SELECT * FROM parked ORDER BY epoch, seq",
  );
  const unpark = db.prepare<[string]>("DELETE FROM parked WHERE reason = ?");
  const addFact = db.prepare<[string, number, number, string]>(
    `INSERT INTO store_fact (terminal_id, epoch, seq, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (terminal_id, epoch, seq) DO NOTHING`,
  );
  const oneFact = db.prepare<[number], { body: string }>(
    "SELECT body FROM store_fact WHERE position = ?",
  );
  const facts = db.prepare<[], { position: number; body: string }>(
    "SELECT position, body FROM store_fact ORDER BY position",
  );
  const places = createStoreFactPlaces(db);
  const addMovement = db.prepare<StoreMovement>(
    `INSERT INTO store_movement VALUES (@movementId, @sku, @deltaMilli, @reason, @atMs)
     ON CONFLICT (movement_id) DO NOTHING`,
  );
  const movements = db.prepare<[], StoreMovement>(
    `SELECT movement_id AS movementId, sku, delta_milli AS deltaMilli, reason, at_ms AS atMs
     FROM store_movement ORDER BY movement_id`,
  );

  /** Asked many times for every time that it changes. */
  let mark: SyncMark | null = null;
  const readMark = () => markOf(present(select.get(), "sync mark"));

  return {
    mark: () => (mark ??= readMark()),
    setAcked({ epoch, seq, hash }, provedAtMs) {
      assert(/^[0-9a-f]{64}$/.test(hash), "an acknowledged hash has 64 hex digits");
      setAcked.run(epoch, seq, Buffer.from(hash, "hex"), provedAtMs);
      mark = null;
    },
    setCursor(cursor) {
      setCursor.run(cursor);
      mark = null;
    },
    addParked: (epoch, seq, reason) => void park.run(epoch, seq, reason),
    unpark: (reason) => void unpark.run(reason),
    parked: () => parked.all(),
    addStoreFact(fact, body) {
      const { changes, lastInsertRowid } = addFact.run(fact.terminalId, fact.epoch, fact.seq, body);
      return changes === 0 ? null : Number(lastInsertRowid);
    },
    ...places,
    storeFact: (position) => present(oneFact.get(position), `store fact ${position}`).body,
    storeFacts: () => facts.iterate(),
    addStoreMovement: (movement) => addMovement.run(movement).changes > 0,
    storeMovements: () => movements.iterate(),
    reload() {
      mark = null;
    },
  };
}

function markOf(row: RawMark): SyncMark {
  return {
    epoch: row.epoch,
    seq: row.seq,
    hash: hexOf(row.hash),
    provedAtMs: row.proved_at_ms,
    cursor: row.cursor,
  };
}

/** [H6] Where facts stand that came by way of a hub: what the cloud says of it counts. */
function createStoreFactPlaces(db: Database) {
  const columns = "position, terminal_id AS terminalId, epoch, seq, body";
  const byId = db.prepare<[string], StoreFact>(
    `SELECT ${columns} FROM store_fact WHERE json_extract(body, '$.id') = ?`,
  );
  const byPlace = db.prepare<[string, number, number], StoreFact>(
    `SELECT ${columns} FROM store_fact WHERE terminal_id = ? AND epoch = ? AND seq = ?`,
  );
  const anyOf = db
    .prepare<[string], 1>("SELECT 1 FROM store_fact WHERE terminal_id = ? LIMIT 1")
    .pluck();
  const addUnplaced = db
    .prepare<[string, string], number>(
      `INSERT INTO store_fact
       SELECT 1 + coalesce(max(position), 0), ?, 0, 1 + coalesce(max(position), 0), ?
       FROM store_fact RETURNING position`,
    )
    .pluck();
  const move = db.prepare<[number, number, string, number]>(
    "UPDATE store_fact SET epoch = ?, seq = ?, body = ? WHERE position = ?",
  );
  const unplace = db.prepare<[number]>(
    "UPDATE store_fact SET epoch = 0, seq = position WHERE position = ?",
  );
  return {
    addUnplaced: (fact: AnyFact, body: string) =>
      present(addUnplaced.get(fact.terminalId, body), "the position of a store fact"),
    storeFactOf: (id: string) => byId.get(id) ?? null,
    storeFactAt: ({ terminalId, epoch, seq }: FactPosition) =>
      byPlace.get(terminalId, epoch, seq) ?? null,
    moveStoreFact: (position: number, { epoch, seq }: FactPosition, body: string) =>
      void move.run(epoch, seq, body, position),
    unplace: (position: number) => void unplace.run(position),
    hasChainOf: (terminalId: string) => anyOf.get(terminalId) === 1,
  };
}

interface RawMark {
  epoch: number;
  seq: number;
  hash: Buffer;
  proved_at_ms: number | null;
  cursor: number;
}
