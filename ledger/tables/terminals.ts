import type { Database } from "better-sqlite3";

export interface TerminalTable {
  /** Null for a terminal that has not introduced itself to this one yet. */
  tillNumber(terminalId: string): number | null;
}

export function createTerminalTable(db: Database): TerminalTable {
  const select = db
    .prepare<[string], number>("SELECT till_number FROM terminal WHERE terminal_id = ?")
    .pluck();
  return { tillNumber: (terminalId) => select.get(terminalId) ?? null };
}
