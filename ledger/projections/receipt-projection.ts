import type { Database } from "better-sqlite3";
import type { Fact } from "../../domain/facts/fact.ts";
import { dayOfReceipt } from "../../domain/proof/receipt-proof.ts";
import { assertInteger } from "../../domain/values/assert.ts";
import { uuidBytes } from "../bytes.ts";

export function createReceiptProjection(db: Database) {
  const insert = db.prepare<[Buffer, string, number, string, number, number, number]>(
    `INSERT INTO receipt (sale_id, receipt_number, source, business_date, at_ms, is_return, total_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  // Another till's two receipts of one id are that till's fault, and stop nobody's download.
  const insertHeard = db.prepare<[Buffer, string, number, string, number, number, number]>(
    `INSERT INTO receipt (sale_id, receipt_number, source, business_date, at_ms, is_return, total_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sale_id) DO NOTHING`,
  );
  const addReturned = db.prepare<[Buffer, number, number]>(
    `INSERT INTO returned_line VALUES (?, ?, ?)
     ON CONFLICT (sale_id, line_no) DO UPDATE SET returned_milli = returned_milli + excluded.returned_milli`,
  );
  const addCopy = db.prepare<[Buffer]>(
    "INSERT INTO receipt_copy VALUES (?, 1) ON CONFLICT DO UPDATE SET copies = copies + 1",
  );

  return {
    completed(fact: Fact<"sale.completed" | "return.completed">, source: number) {
      const sale = fact.payload;
      (source > 0 ? insert : insertHeard).run(
        uuidBytes(sale.saleId),
        sale.receiptNumber,
        source,
        dayOfReceipt(fact),
        fact.atMs,
        fact.type === "return.completed" ? 1 : 0,
        assertInteger(sale.totalMinor, "totalMinor"),
      );
      for (const line of sale.lines) {
        if (line.returnOf === undefined) continue;
        addReturned.run(
          uuidBytes(line.returnOf.saleId),
          line.returnOf.lineNo,
          assertInteger(-line.quantityMilli, "returned quantity"),
        );
      }
    },
    reprinted(payload: Fact<"receipt.reprinted">["payload"]) {
      addCopy.run(uuidBytes(payload.saleId));
    },
  };
}
