import type { Database } from "better-sqlite3";
import { present } from "../../domain/values/assert.ts";
import { uuidBytes } from "../bytes.ts";

/** Commands already carried out: the same id again is answered, not run again. */
export interface CommandTable {
  /**
   * Writes the id down, before the command is carried out in the same transaction; false where it ran already.
   * Until `setAnswer` says otherwise its answer is the register as it stands.
   */
  begin(commandId: string, atMs: number): boolean;
  setAnswer(commandId: string, answer: string): void;
  /** What a command answered that ran already; null: the register as it stands. */
  answer(commandId: string): string | null;
  /** When the last command ran; null when none did. */
  lastAtMs(): number | null;
  /** Forgets commands older than `beforeMs`: a retry comes within minutes. */
  prune(beforeMs: number): void;
}

export function createCommandTable(db: Database): CommandTable {
  const select = db.prepare<[Buffer], { answer: string | null }>(
    "SELECT answer FROM command_log WHERE command_id = ?",
  );
  const insert = db.prepare<[Buffer, number]>(
    "INSERT INTO command_log VALUES (?, ?, NULL) ON CONFLICT DO NOTHING",
  );
  const update = db.prepare<[string, Buffer]>(
    "UPDATE command_log SET answer = ? WHERE command_id = ?",
  );
  const last = db.prepare<[], { at_ms: number | null }>(
    "SELECT max(at_ms) AS at_ms FROM command_log",
  );
  const drop = db.prepare<[number]>("DELETE FROM command_log WHERE at_ms < ?");

  return {
    begin: (commandId, atMs) => insert.run(uuidBytes(commandId), atMs).changes === 1,
    setAnswer: (commandId, answer) => void update.run(answer, uuidBytes(commandId)),
    answer: (commandId) => present(select.get(uuidBytes(commandId)), "a command that ran").answer,
    lastAtMs: () => last.get()?.at_ms ?? null,
    prune: (beforeMs) => void drop.run(beforeMs),
  };
}
