import type { Database } from "better-sqlite3";
import { present } from "../../domain/values/assert.ts";

/** [R2] Which ledger this is: random, made with the file, and anew when an epoch opens. */
export interface LedgerIdTable {
  get(): string;
  /** Inside a transaction. */
  renew(): void;
}

export function createLedgerIdTable(db: Database): LedgerIdTable {
  const select = db
    .prepare<[], string>("SELECT value ->> '$' FROM setting WHERE key = 'ledger-id'")
    .pluck();
  const renew = db.prepare(
    `INSERT INTO setting VALUES ('ledger-id', json_quote(lower(hex(randomblob(16)))))
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  return {
    get() {
      if (select.get() === undefined) renew.run();
      return present(select.get(), "the ledger's own id");
    },
    renew: () => void renew.run(),
  };
}
