import Database from "better-sqlite3";
import { existsSync } from "node:fs";
import { assert } from "../domain/values/assert.ts";
import { explainedByDisk } from "./ask-disk.ts";
import { migrate } from "./migrations/migrate.ts";

/** Another process has this ledger open. Two writers would be two tills with one number. */
export class LedgerInUseError extends Error {
  override readonly name = "LedgerInUseError";
}

/**
 * Opens a ledger file for this process alone: WAL, every commit on disk before it returns.
 *
 * The lock is the operating system's and dies with the process, so a crash leaves none behind.
 * Throws `LedgerInUseError`, `LedgerTooNewError`, or SQLite's own error (`ledgerProblemOf` sorts it).
 */
export function openDatabase(path: string): Database.Database {
  const isNew = path === ":memory:" || !existsSync(path);
  const db = new Database(path, { timeout: 0 });
  try {
    configure(db, isNew);
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new LedgerInUseError(
        `The ledger ${path} is open in another Evertill. Close that one, or give this one its own --data folder.`,
      );
    }
    throw explainedByDisk(error, path);
  }
}

let empty: Buffer | null = null;

/** A migrated database in memory with nothing in it; the migrations run once in a process. */
export function openEmpty(): Database.Database {
  if (empty === null) {
    const made = openDatabase(":memory:");
    empty = made.serialize();
    made.close();
  }
  const db = new Database(empty);
  db.pragma("foreign_keys = ON");
  return db;
}

function configure(db: Database.Database, isNew: boolean): void {
  if (isNew) db.pragma("page_size = 4096");
  // Exclusive before the first read: the WAL index then lives in this process and nobody else gets in.
  db.pragma("locking_mode = EXCLUSIVE");
  db.pragma("journal_mode = WAL");
  // Explicit, because better-sqlite3 falls back to NORMAL after its first write in WAL mode.
  db.pragma("synchronous = FULL");
  db.pragma("foreign_keys = ON");
  db.pragma("temp_store = MEMORY");
  db.pragma("cache_size = -16384");
  // The host checkpoints in quiet moments; this is the backstop, at 32 MB of log.
  db.pragma("wal_autocheckpoint = 8192");
}

/**
 * The only moment at which the answer is true: inside the first transaction, after its first write. Opening
 * itself writes nothing, so that a damaged ledger that is only looked at stays as it was found.
 */
export function assertDurable(db: Database.Database): void {
  assert(db.pragma("synchronous", { simple: true }) === 2, "synchronous is not FULL after a write");
  const mode = db.pragma("journal_mode", { simple: true });
  assert(mode === (db.memory ? "memory" : "wal"), `journal_mode is ${String(mode)}`);
}
