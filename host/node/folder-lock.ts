import Database from "better-sqlite3";

/** Held for as long as this process lives; the operating system lets go of it after a crash. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes `file` for this process alone, or null when another one has it. SQLite's own file lock is the
 * same on every system, and needs no guess whether a number in a file is still a living process.
 */
export function takeFolderLock(file: string): FolderLock | null {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma("journal_mode = MEMORY");
    db.exec("BEGIN EXCLUSIVE");
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return null;
    throw error;
  }
}
