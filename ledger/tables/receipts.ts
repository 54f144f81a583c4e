import type { Database } from "better-sqlite3";
import type { Fact } from "../../domain/facts/fact.ts";
import { uuidBytes, uuidText } from "../bytes.ts";
import { present } from "../../domain/values/assert.ts";
import { assertUndamaged } from "../problem.ts";
import { type JournalTable, parseBody } from "./journal.ts";

export type ReceiptFact = Fact<"sale.completed" | "return.completed">;

/** A completed sale of any till of the store: the whole document, from the fact itself. */
export interface StoredReceipt {
  readonly fact: ReceiptFact;
  readonly copies: number;
  /** By line number: how much came back already, as far as this till knows. */
  readonly returnedMilli: ReadonlyMap<number, number>;
}

export interface ReceiptTable {
  bySaleId(saleId: string): StoredReceipt | null;
  byNumber(receiptNumber: string): StoredReceipt | null;
  /** Newest first. */
  list(filter: ReceiptFilter): StoredReceipt[];
  /** Every receipt of a day, oldest first, one at a time. */
  ofDay(businessDate: string): IterableIterator<ReceiptFact>;
  /** Business dates that have receipts, the newest first. */
  days(limit: number): { readonly businessDate: string; readonly receipts: number }[];
  /** The highest number that any receipt of this till bears, ours or the store's word; 0 when none. */
  highestNumber(tillNumber: number): number;
  /** [R1] Of this till's own receipts those that only the store knows of. */
  lostOwn(tillNumber: number): LostReceipts;
  /** The last receipt of this terminal. */
  lastOwn(): StoredReceipt | null;
}

export interface LostReceipts {
  readonly receipts: number;
  readonly salesMinor: number;
  readonly returnsMinor: number;
}

export interface ReceiptFilter {
  readonly businessDate?: string | undefined;
  /** Part of a receipt number. */
  readonly number?: string | undefined;
  /** The total, whichever sign it has. */
  readonly totalMinor?: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

interface ReceiptRow {
  sale_id: Buffer;
  source: number;
  copies: number;
}

export function createReceiptTable(db: Database, journal: Pick<JournalTable, "at">): ReceiptTable {
  const columns = `SELECT sale_id, source, ifnull((SELECT copies FROM receipt_copy AS printed
    WHERE printed.sale_id = receipt.sale_id), 0) AS copies FROM receipt`;
  const byId = db.prepare<[Buffer], ReceiptRow>(`${columns} WHERE sale_id = ?`);
  const byNumber = db.prepare<[string], ReceiptRow>(
    // Two with one number (see receipt_by_number): ours first, then the newest.
    `${columns} WHERE receipt_number = ? ORDER BY source > 0 DESC, at_ms DESC LIMIT 1`,
  );
  const newest = db.prepare<ReceiptQuery, ReceiptRow>(
    `${columns} WHERE (@day IS NULL OR business_date = @day)
       AND (@number IS NULL OR receipt_number LIKE @number)
       AND (@total IS NULL OR abs(total_minor) = @total)
     ORDER BY business_date DESC, at_ms DESC LIMIT @limit OFFSET @offset`,
  );
  const day = db.prepare<[string], ReceiptRow>(`${columns} WHERE business_date = ? ORDER BY at_ms`);
  const days = db.prepare<[number], { businessDate: string; receipts: number }>(
    `SELECT business_date AS businessDate, count(*) AS receipts FROM receipt
     GROUP BY business_date ORDER BY business_date DESC LIMIT ?`,
  );
  const lost = db.prepare<[string, string], LostReceipts>(
    `SELECT count(*) AS receipts,
       ifnull(sum(total_minor) FILTER (WHERE is_return = 0), 0) AS salesMinor,
       ifnull(sum(total_minor) FILTER (WHERE is_return = 1), 0) AS returnsMinor
     FROM receipt WHERE source < 0 AND receipt_number BETWEEN ? AND ?`,
  );
  // The numbers are padded to six digits; past those the journal's own count is the higher one.
  const highest = db.prepare<[string, string], { number: string | null }>(
    "SELECT max(receipt_number) AS number FROM receipt WHERE receipt_number BETWEEN ? AND ?",
  );
  const own = db.prepare<[], ReceiptRow>(
    `${columns} WHERE source > 0 ORDER BY business_date DESC, at_ms DESC LIMIT 1`,
  );
  const storeFact = db.prepare<[number], { body: string }>(
    "SELECT body FROM store_fact WHERE position = ?",
  );
  const returned = db.prepare<[Buffer], { line_no: number; returned_milli: number }>(
    "SELECT line_no, returned_milli FROM returned_line WHERE sale_id = ?",
  );

  function factOf(row: ReceiptRow): ReceiptFact {
    const body = row.source > 0 ? undefined : storeFact.get(-row.source)?.body;
    const fact = body === undefined ? journal.at(row.source) : parseBody(body);
    assertUndamaged(
      fact !== null && (fact.type === "sale.completed" || fact.type === "return.completed"),
      `receipt ${uuidText(row.sale_id)} has its fact`,
    );
    return fact;
  }

  function read(row: ReceiptRow | undefined): StoredReceipt | null {
    if (row === undefined) return null;
    return {
      fact: factOf(row),
      copies: row.copies,
      returnedMilli: new Map(returned.all(row.sale_id).map((r) => [r.line_no, r.returned_milli])),
    };
  }

  return {
    bySaleId: (saleId) => (isUuid(saleId) ? read(byId.get(uuidBytes(saleId))) : null),
    byNumber: (receiptNumber) => read(byNumber.get(receiptNumber)),
    list: ({ businessDate, number, totalMinor, limit, offset }) =>
      newest
        .all({
          day: businessDate ?? null,
          number: number === undefined ? null : `%${number.replace(/[%_]/g, "")}%`,
          total: totalMinor === undefined ? null : Math.abs(totalMinor),
          limit,
          offset,
        })
        .map((row) => present(read(row), "listed receipt")),
    *ofDay(businessDate) {
      for (const row of day.all(businessDate)) yield factOf(row);
    },
    days: (limit) => days.all(limit),
    highestNumber(tillNumber) {
      const { number } = highest.get(`${tillNumber}-`, `${tillNumber}.`) ?? { number: null };
      return Number(number?.split("-")[1] ?? 0);
    },
    lostOwn: (tillNumber) =>
      present(lost.get(`${tillNumber}-`, `${tillNumber}.`), "the sums of lost receipts"),
    lastOwn: () => read(own.get()),
  };
}

interface ReceiptQuery {
  day: string | null;
  number: string | null;
  total: number | null;
  limit: number;
  offset: number;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
