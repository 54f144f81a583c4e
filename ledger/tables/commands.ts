import type { Database } from "better-sqlite3";
import { uuidBytes } from "../bytes.ts";

/** Commands already carried out: the same id again is answered, not run again. */
export interface CommandTable {
  /** Null when the command never ran. `answer` null: the answer is the register as it stands. */
  find(commandId: string): { readonly answer: string | null } | null;
  record(commandId: string, atMs: number, answer: string | null): void;
  /** When the last command ran; null when none did. */
  lastAtMs(): number | null;
  /** Forgets commands older than `beforeMs`: a retry comes within minutes. */
  prune(beforeMs: number): void;
}

export function createCommandTable(db: Database): CommandTable {
  const select = db.prepare<[Buffer], { answer: string | null }>(
    "SELECT answer FROM command_log WHERE command_id = ?",
  );
  const insert = db.prepare<[Buffer, number, string | null]>(
    "INSERT INTO command_log VALUES (?, ?, ?)",
  );
  const last = db.prepare<[], { at_ms: number | null }>(
    "SELECT max(at_ms) AS at_ms FROM command_log",
  );
  const drop = db.prepare<[number]>("DELETE FROM command_log WHERE at_ms < ?");

  return {
    find: (commandId) => select.get(uuidBytes(commandId)) ?? null,
    record: (commandId, atMs, answer) => void insert.run(uuidBytes(commandId), atMs, answer),
    lastAtMs: () => last.get()?.at_ms ?? null,
    prune: (beforeMs) => void drop.run(beforeMs),
  };
}
