import type { Database } from "better-sqlite3";
import type { ClonePort, NewestLedger } from "../clone-port.ts";
import type { Numbers } from "./numbers.ts";

export const ledgersMigration = `
  CREATE TABLE terminal_ledger (
    terminal_no INTEGER PRIMARY KEY REFERENCES terminal,
    epoch INTEGER NOT NULL,
    ledger_id TEXT NOT NULL
  ) STRICT;
`;

/** [R2] */
export function createLedgers(db: Database, numbers: Numbers): ClonePort {
  const select = db.prepare<[number], NewestLedger>(
    "SELECT epoch, ledger_id AS ledgerId FROM terminal_ledger WHERE terminal_no = ?",
  );
  const put = db.prepare<[number, number, string]>(
    "INSERT OR REPLACE INTO terminal_ledger VALUES (?, ?, ?)",
  );
  return {
    newestLedger: async (terminalId) => select.get(numbers.terminal(terminalId)) ?? null,
    noteLedger: async (terminalId, { epoch, ledgerId }) => {
      put.run(numbers.terminal(terminalId), epoch, ledgerId);
    },
  };
}
