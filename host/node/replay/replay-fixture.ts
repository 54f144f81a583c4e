import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { openLedger } from "../../../ledger/ledger.ts";
import type { Tally } from "./tally.ts";

/** What tests hold a replay against: read by other code than the replay's own. */

export const salesTitles = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice";

/** The totals of a file whose rows are sold unless their price is below zero or finer than a penny. */
export function totalsOfFile(path: string): Tally {
  const packed = readFileSync(path);
  const text = packed[0] === 0x1f ? gunzipSync(packed) : packed;
  const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
  const byInvoice = new Map<string, { quantity: number; amountMinor: number }[]>();
  for (const { InvoiceNo = "", Quantity = "", UnitPrice = "" } of rows) {
    const [whole = "", fraction = ""] = UnitPrice.split(".");
    if (whole.startsWith("-") || fraction.length > 2) continue;
    const quantity = Number.parseInt(Quantity, 10);
    const amountMinor = quantity * Number.parseInt(whole + fraction.padEnd(2, "0"), 10);
    const lines = byInvoice.get(InvoiceNo) ?? [];
    byInvoice.set(InvoiceNo, [...lines, { quantity, amountMinor }]);
  }
  return tallyOf([...byInvoice.values()]);
}

/** The totals of all receipts in a ledger, from their facts. A fact's lines are fewer than the file's rows. */
export function totalsOfLedger(ledgerPath: string): Omit<Tally, "lines"> {
  const ledger = openLedger(ledgerPath);
  try {
    const receipts: { quantity: number; amountMinor: number }[][] = [];
    for (const { body } of ledger.journal.rows(1)) {
      const fact = JSON.parse(body) as { type: string; payload: { lines: FactLine[] } };
      if (!/^(sale|return)\.completed$/.test(fact.type)) continue;
      receipts.push(
        fact.payload.lines.map(({ quantityMilli, amountMinor }) => {
          return { quantity: quantityMilli / 1000, amountMinor };
        }),
      );
    }
    const { lines: _, ...totals } = tallyOf(receipts);
    return totals;
  } finally {
    ledger.close();
  }
}

interface FactLine {
  readonly quantityMilli: number;
  readonly amountMinor: number;
}

function tallyOf(
  documents: readonly (readonly { quantity: number; amountMinor: number }[])[],
): Tally {
  const lines = documents.flat();
  const sold = lines.filter(({ quantity }) => quantity > 0);
  const back = lines.filter(({ quantity }) => quantity < 0);
  const returns = documents.filter((one) => one.every(({ quantity }) => quantity < 0)).length;
  return {
    invoices: documents.length,
    sales: documents.length - returns,
    returns,
    lines: lines.length,
    units: sum(sold.map(({ quantity }) => quantity)),
    unitsReturned: sum(back.map(({ quantity }) => quantity)),
    grossTotalMinor: sum(sold.map(({ amountMinor }) => amountMinor)),
    returnsTotalMinor: sum(back.map(({ amountMinor }) => amountMinor)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) + 0;
}
