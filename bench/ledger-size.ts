import { canonicalJson, type Json } from "../domain/facts/canonical.ts";
import type { CompletedSale } from "../domain/sale/completed-sale.ts";
import { openLedger } from "../ledger/ledger.ts";
import { projectionTables } from "../ledger/projections/projections.ts";

/** What sales take on the disk. */
export interface LedgerSize {
  /** Pages of the journal, of every table derived from it, and of their indexes. */
  readonly diskBytes: number;
  /** The sales' canonical JSON, UTF-8. */
  readonly saleJsonBytes: number;
  readonly sales: number;
}

/** Measures a ledger that nobody has open. */
export function ledgerSize(ledgerPath: string): LedgerSize {
  const ledger = openLedger(ledgerPath);
  try {
    const tables = ["journal", ...projectionTables];
    const row = ledger.database
      .prepare<string[], { bytes: number }>(
        `SELECT sum(stat.pgsize) AS bytes FROM dbstat AS stat
         JOIN sqlite_schema AS entry ON entry.name = stat.name
         WHERE entry.tbl_name IN (${tables.map(() => "?").join(", ")})`,
      )
      .get(...tables);
    let saleJsonBytes = 0;
    let sales = 0;
    for (const { body } of ledger.journal.rows(1)) {
      const { type, payload } = JSON.parse(body) as { type: string; payload: CompletedSale };
      if (type !== "sale.completed") continue;
      saleJsonBytes += Buffer.byteLength(canonicalJson(payload as unknown as Json));
      sales++;
    }
    return { diskBytes: row?.bytes ?? 0, saleJsonBytes, sales };
  } finally {
    ledger.close();
  }
}
