import Database from "better-sqlite3";

/** Held for as long as this process lives; the operating system lets go of it after a crash. */
export interface DataLock {
  release(): void;
}

/**
 * Takes `file` for this process alone, by SQLite's own file lock; null when another process has it.
 */
export function takeDataLock(file: string): DataLock | null {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma("journal_mode = MEMORY");
    db.exec("BEGIN EXCLUSIVE");
    return { release: () => void db.close() };
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return null;
    throw error;
  }
}
