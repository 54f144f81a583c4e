import Database from "better-sqlite3";
import { existsSync } from "node:fs";
import { assert } from "../domain/values/assert.ts";
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
    assertDurable(db, path);
    return db;
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new LedgerInUseError(
        `The ledger ${path} is open in another Evertill. Close that one, or give this one its own --data folder.`,
      );
    }
    throw error;
  }
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

/** Writes once and asks again: the only order in which the answer is true. */
function assertDurable(db: Database.Database, path: string): void {
  db.prepare(
    "INSERT INTO setting (key, value) VALUES ('opened', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1",
  ).run();
  assert(db.pragma("synchronous", { simple: true }) === 2, "synchronous is not FULL after a write");
  const mode = db.pragma("journal_mode", { simple: true });
  assert(mode === (path === ":memory:" ? "memory" : "wal"), `journal_mode is ${String(mode)}`);
}
