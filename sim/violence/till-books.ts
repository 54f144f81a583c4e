import type { AnyFact } from "../../domain/facts/fact.ts";
import type { CompletedSale } from "../../domain/sale/completed-sale.ts";
import { openLedger } from "../../ledger/ledger.ts";
import type { PrintJob } from "../../ledger/tables/print-jobs.ts";
import type { SyncMark } from "../../ledger/tables/sync.ts";
import { verifyLedger } from "../../ledger/verify.ts";

/** What a till's ledger holds. */
export interface TillBooks {
  /** Null when chain and every table are as they must be; else what is wrong. */
  readonly fault: string | null;
  readonly head: { readonly epoch: number; readonly seq: number; readonly hash: string };
  readonly acked: SyncMark;
  /** Hash of the fact at (1, seq), or undefined where there is none. */
  readonly hashAt: (seq: number) => string | undefined;
  /** Sales and returns of this till, in the order of the journal. */
  readonly sales: readonly CompletedSale[];
  readonly printJobs: readonly PrintJob[];
  readonly levelMilli: ReadonlyMap<string, number>;
}

/** Reads a ledger that nobody else has open: a copy. */
export function readTillBooks(database: string, skus: readonly string[]): TillBooks {
  const ledger = openLedger(database);
  try {
    const hashes: string[] = [];
    const sales: CompletedSale[] = [];
    for (const { body, hash, epoch } of ledger.journal.rows(1)) {
      if (epoch === 1) hashes.push(hash);
      const fact = JSON.parse(body) as AnyFact;
      if (fact.type === "sale.completed" || fact.type === "return.completed") {
        sales.push(fact.payload);
      }
    }
    const verdict = verifyLedger(ledger);
    return {
      fault: verdict.intact ? null : JSON.stringify(verdict.problem),
      head: ledger.journal.head(),
      acked: ledger.sync.mark(),
      hashAt: (seq) => hashes[seq - 1],
      sales,
      printJobs: ledger.printJobs.list(1_000_000),
      levelMilli: new Map(skus.map((sku) => [sku, ledger.stock.levelMilli(sku)])),
    };
  } finally {
    ledger.close();
  }
}
