import type { Database } from "better-sqlite3";

/** A fact of another terminal as this ledger was told of it. */
export interface HeardFact {
  readonly seq: number;
  readonly body: string;
}

export interface TerminalTable {
  /** Null for a terminal that has not introduced itself to this one yet. */
  tillNumber(terminalId: string): number | null;
  /** [P1] What is here of a terminal's epoch, from `fromSeq` to `toSeq`; with gaps. */
  heard(terminalId: string, epoch: number, fromSeq: number, toSeq: number): HeardFact[];
}

export function createTerminalTable(db: Database): TerminalTable {
  const select = db
    .prepare<[string], number>("SELECT till_number FROM terminal WHERE terminal_id = ?")
    .pluck();
  const heard = db.prepare<[string, number, number, number], HeardFact>(
    `SELECT seq, body FROM store_fact
     WHERE terminal_id = ? AND epoch = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
  );
  return {
    tillNumber: (terminalId) => select.get(terminalId) ?? null,
    heard: (...place) => heard.all(...place),
  };
}
