import type { Database } from "better-sqlite3";
import { present } from "../../../domain/values/assert.ts";
import type { StoredFact } from "./apply-facts.ts";
import type { Exceptions } from "./exceptions.ts";
import type { FeedWriter } from "./feed.ts";

export const reusedNumbersMigration = `
  CREATE TABLE closed_number (
    terminal_no INTEGER NOT NULL REFERENCES terminal,
    receipt_number TEXT NOT NULL,
    fact_no INTEGER NOT NULL REFERENCES fact,
    PRIMARY KEY (terminal_no, receipt_number)
  ) STRICT, WITHOUT ROWID;
`;

/** Far more receipts than an older copy of a ledger can lack before somebody notices. */
const mostLost = 5_000;

interface Batch {
  readonly storeId: string;
  readonly terminalNo: number;
  readonly epoch: number;
  readonly feed: FeedWriter;
  readonly atMs: number;
}

/**
 * [R1] A till that was put back from an older copy, and sold before it heard of what it had lost, may
 * have given a number twice. Both receipts stand, and a person is told, whichever comes first: the end
 * of an older epoch may be handed on late. Inside the transaction of the batch; only for terminals
 * with more than one epoch.
 */
export interface ReusedNumbers {
  /** A new epoch begins: the numbers of the one before it are kept. */
  remember(terminalNo: number, epoch: number): void;
  check(batch: Batch, stored: readonly StoredFact[]): void;
}

interface Receipt {
  readonly receiptNumber: string;
  readonly saleId: string;
  readonly terminalId: string;
  readonly atMs: number;
  readonly by: string | undefined;
  readonly totalMinor: number;
}

export function createReusedNumbers(db: Database, exceptions: Exceptions): ReusedNumbers {
  const remember = db.prepare<[number, number, number]>(
    `INSERT OR IGNORE INTO closed_number
     SELECT terminal_no, number, fact_no FROM (
       SELECT terminal_no, fact_no, json_extract(body, '$.payload.receiptNumber') AS number
       FROM fact
       WHERE terminal_no = ? AND type IN ('sale.completed', 'return.completed') AND epoch = (
         SELECT max(epoch) FROM chain WHERE chain.terminal_no = ? AND epoch < ?)
       ORDER BY seq DESC LIMIT ${mostLost})
     WHERE number IS NOT NULL`,
  );
  const find = db
    .prepare<[number, string], string>(
      `SELECT body FROM closed_number JOIN fact USING (fact_no)
       WHERE closed_number.terminal_no = ? AND receipt_number = ?`,
    )
    .pluck();

  const keep = db.prepare<[number, string, number]>(
    "INSERT OR IGNORE INTO closed_number VALUES (?, ?, ?)",
  );
  const later = db
    .prepare<[number, number], 1>("SELECT 1 FROM chain WHERE terminal_no = ? AND epoch > ? LIMIT 1")
    .pluck();

  return {
    remember: (terminalNo, epoch) => void remember.run(terminalNo, terminalNo, epoch),
    check({ storeId, terminalNo, epoch, feed, atMs }, stored) {
      if (epoch === 1 && later.get(terminalNo, epoch) === undefined) return;
      for (const { fact, factNo } of stored) {
        const type = fact.verdict === "applied" ? fact.identity?.type : null;
        if (type !== "sale.completed" && type !== "return.completed") continue;
        const receipt = receiptOf(fact.body);
        const held = find.get(terminalNo, receipt.receiptNumber);
        keep.run(terminalNo, receipt.receiptNumber, factNo);
        if (held === undefined) continue;
        const receipts = [receiptOf(held), receipt];
        const { receiptNumber, terminalId } = present(receipts[1], "the second receipt");
        exceptions.raiseInto(feed, {
          ...{ storeId, kind: "number-reused", subject: `${terminalId}/${receiptNumber}`, atMs },
          detail: JSON.stringify({ receiptNumber, receipts }),
        });
      }
    },
  };
}

/** Of a body that was judged: its shape is known. */
function receiptOf(body: string): Receipt {
  const { terminalId, atMs, actorId, payload } = JSON.parse(body) as {
    readonly terminalId: string;
    readonly atMs: number;
    readonly actorId?: string;
    readonly payload: Pick<Receipt, "receiptNumber" | "saleId" | "totalMinor">;
  };
  const { receiptNumber, saleId, totalMinor } = payload;
  return { receiptNumber, saleId, terminalId, atMs, by: actorId, totalMinor };
}
