import type { Database } from "better-sqlite3";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import { chainHash } from "../../domain/facts/chain.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { assert, assertInteger, present } from "../../domain/values/assert.ts";
import { bytesOfHex, sha256 } from "../bytes.ts";
import { storedJson } from "../stored-json.ts";

/** A fact before the journal gave it its place. */
export type NewFact = {
  [T in AnyFact["type"]]: Omit<Extract<AnyFact, { type: T }>, "terminalId" | "epoch" | "seq">;
}[AnyFact["type"]];

export interface JournalRow {
  readonly position: number;
  readonly epoch: number;
  readonly seq: number;
  readonly carries: number | null;
  readonly body: string;
  readonly prevHash: string;
  readonly hash: string;
}

export interface JournalHead {
  readonly position: number;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
}

export interface JournalTable {
  head(): JournalHead;
  /** Appends at the head of the chain; the caller's transaction decides whether it happened. */
  append(terminalId: string, fact: NewFact): { fact: AnyFact; position: number; bodyBytes: number };
  /**
   * [H6] Journals a lost fact of our own again, its id unchanged: it travels from here, and is folded
   * where it was heard. Returns its position.
   */
  retell(lost: AnyFact): number;
  /** Where a fact of this id stands last; null where none does. Reads all of it the first time. */
  positionOfId(id: string): number | null;
  /** Starts a new epoch; facts after `fromPosition` are carried over so that they travel again. */
  openEpoch(fromPosition: number, atMs: number, why: string): void;
  at(position: number): AnyFact | null;
  /** In order, from `fromPosition`. Rows as stored: the caller checks what it needs. */
  rows(fromPosition: number): IterableIterator<JournalRow>;
  /** Where the epochs before this one ended, the oldest first; not those that nothing was written in. */
  past(): Omit<JournalHead, "position">[];
  /** Entries of `epoch` after `afterSeq`. */
  entries(epoch: number, afterSeq: number, maxCount: number): JournalRow[];
  /** Where the fact at `(epoch, seq)` stands. */
  positionOf(epoch: number, seq: number): number;
  /** When the fact at `(epoch, seq)` was written; null when there is none. */
  writtenAtMs(epoch: number, seq: number): number | null;
  reload(): void;
}

const zeroHash = "0".repeat(64);

export function createJournalTable(db: Database): JournalTable {
  const insert = db.prepare<
    [number, number, number, string, number, number | null, string, Buffer, Buffer]
  >(
    `INSERT INTO journal (position, epoch, seq, type, at_ms, carries, body, prev_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = "SELECT position, epoch, seq, at_ms, carries, body, prev_hash, hash FROM journal";
  const last = db.prepare<[], RawRow>(`${select} ORDER BY position DESC LIMIT 1`);
  const byPosition = db.prepare<[number], RawRow>(`${select} WHERE position = ?`);
  const from = db.prepare<[number], RawRow>(`${select} WHERE position >= ? ORDER BY position`);
  const range = db.prepare<[number, number], RawRow>(
    // Of a plain `?` SQLite looks at the value, and makes a plan anew for each.
    `${select} WHERE position >= ? ORDER BY position LIMIT CAST(? AS INTEGER)`,
  );
  const epochs = createEpochs(db);
  const insertEpoch = db.prepare<[number, number, number, string]>(
    "INSERT INTO epoch VALUES (?, ?, ?, ?)",
  );

  const ids = createJournalIds(db);
  let head: JournalHead = readHead();

  function readHead(): JournalHead {
    const row = last.get();
    const open = epochs.all().at(-1);
    if (open !== undefined && (row === undefined || row.epoch < open.epoch)) {
      return { position: row?.position ?? 0, epoch: open.epoch, seq: 0, hash: zeroHash };
    }
    if (row === undefined) return { position: 0, epoch: 1, seq: 0, hash: zeroHash };
    const { position, epoch, seq, hash } = journalRow(row);
    return { position, epoch, seq, hash };
  }

  function write(fact: AnyFact, carries: number | null): number {
    const body = canonicalJson(fact as unknown as Json);
    const hash = chainHash(sha256, head.hash, body);
    const position = head.position + 1;
    assert(fact.epoch === head.epoch && fact.seq === head.seq + 1, "a fact continues the head");
    insert.run(
      position,
      fact.epoch,
      fact.seq,
      fact.type,
      assertInteger(fact.atMs, "atMs"),
      carries,
      body,
      bytesOfHex(head.hash, 32),
      bytesOfHex(hash, 32),
    );
    head = { position, epoch: fact.epoch, seq: fact.seq, hash };
    return body.length;
  }

  return {
    head: () => head,
    append(terminalId, newFact) {
      const { actorId, atMs, businessDate, id, payload, shiftId, type } = newFact;
      const { epoch } = head;
      const seq = head.seq + 1;
      // In the order of the canonical text: what is in order need not be sorted.
      const envelope = { actorId, atMs, businessDate, epoch, id, payload, seq, shiftId };
      const fact = { ...envelope, terminalId, type } as AnyFact;
      const bodyBytes = write(fact, null);
      return { fact, position: head.position, bodyBytes };
    },
    retell(lost) {
      // It carries itself: no other one in the journal was folded.
      write({ ...lost, epoch: head.epoch, seq: head.seq + 1 }, head.position + 1);
      return head.position;
    },
    positionOfId: (id) => ids.positionOf(id),
    openEpoch(fromPosition, atMs, why) {
      const carried = [...from.iterate(fromPosition + 1)].map(journalRow);
      head = { position: head.position, epoch: head.epoch + 1, seq: 0, hash: zeroHash };
      insertEpoch.run(head.epoch, head.position + 1, atMs, why);
      for (const row of carried) {
        const fact = parseBody(row.body);
        write({ ...fact, epoch: head.epoch, seq: head.seq + 1 }, row.carries ?? row.position);
      }
    },
    at(position) {
      const row = byPosition.get(position);
      return row === undefined ? null : parseBody(row.body);
    },
    *rows(fromPosition) {
      for (const row of from.iterate(fromPosition)) yield journalRow(row);
    },
    entries(epoch, afterSeq, maxCount) {
      const start = epochs.firstPositionOf(epoch) + afterSeq;
      return range
        .all(start, maxCount)
        .filter((row) => row.epoch === epoch)
        .map(journalRow);
    },
    past: () => epochs.all().flatMap((row) => endBefore(byPosition.get(row.first_position - 1))),
    positionOf: (epoch, seq) => epochs.firstPositionOf(epoch) + seq - 1,
    writtenAtMs(epoch, seq) {
      const row = byPosition.get(epochs.firstPositionOf(epoch) + seq - 1);
      return row === undefined || row.epoch !== epoch ? null : row.at_ms;
    },
    reload() {
      head = readHead();
      ids.forget();
    },
  };
}

function createEpochs(db: Database) {
  const select = db.prepare<[], { epoch: number; first_position: number }>(
    "SELECT epoch, first_position FROM epoch ORDER BY epoch",
  );
  return {
    all: () => select.all(),
    firstPositionOf(epoch: number): number {
      if (epoch === 1) return 1;
      const row = select.all().find((other) => other.epoch === epoch);
      return present(row, `epoch ${epoch}`).first_position;
    },
  };
}

/** Asked for where a till was put back only: no sale pays for an index. */
function createJournalIds(db: Database) {
  const after = db.prepare<[number], { position: number; id: string }>(
    "SELECT position, json_extract(body, '$.id') AS id FROM journal WHERE position > ?",
  );
  const known = new Map<string, number>();
  let upTo = 0;
  return {
    positionOf(id: string): number | null {
      for (const row of after.iterate(upTo)) {
        known.set(row.id, row.position);
        upTo = row.position;
      }
      return known.get(id) ?? null;
    },
    /** A transaction was taken back. */
    forget(): void {
      known.clear();
      upTo = 0;
    },
  };
}

function endBefore(row: RawRow | undefined): Omit<JournalHead, "position">[] {
  if (row === undefined) return [];
  const { epoch, seq, hash } = journalRow(row);
  return [{ epoch, seq, hash }];
}

interface RawRow {
  position: number;
  epoch: number;
  seq: number;
  at_ms: number;
  carries: number | null;
  body: string;
  prev_hash: Buffer;
  hash: Buffer;
}

function journalRow(row: RawRow): JournalRow {
  return {
    position: assertInteger(row.position, "position"),
    epoch: row.epoch,
    seq: row.seq,
    carries: row.carries,
    body: row.body,
    prevHash: row.prev_hash.toString("hex"),
    hash: row.hash.toString("hex"),
  };
}

/** The fact inside a body that this program wrote or checked; the chain vouches for its shape. */
export function parseBody(body: string): AnyFact {
  return storedJson(body) as AnyFact;
}
