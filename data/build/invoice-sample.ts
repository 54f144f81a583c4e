import { parse } from "csv-parse/sync";

import { shuffled } from "./chance.ts";
import { csvLine } from "./good.ts";
import { sourceText } from "./source-rows.ts";

interface Line {
  readonly index: number;
  readonly fields: readonly string[];
  readonly invoice: string;
  readonly code: string;
  readonly description: string;
  readonly quantity: string;
  readonly price: string;
  readonly customer: string;
}

const ORDINARY = 108;
const RETURNED_SALES = 8;

/** What a replay must cope with, and how many whole invoices of each are taken. */
const ODDITIES: readonly (readonly [wanted: number, holds: (line: Line) => boolean])[] = [
  [3, (line) => line.code === "POST"],
  [2, (line) => line.code === "DOT"],
  [3, (line) => line.code === "M" && line.invoice.startsWith("5")],
  [3, (line) => line.code === "M" && line.invoice.startsWith("C")],
  [3, (line) => line.code === "D"],
  [3, (line) => line.code === "BANK CHARGES"],
  [1, (line) => line.code === "C2"],
  [1, (line) => line.code === "S"],
  [1, (line) => line.code === "AMAZONFEE"],
  [1, (line) => line.code === "CRUK"],
  [1, (line) => line.code === "m"],
  [2, (line) => line.code === "PADS"],
  [2, (line) => line.code.startsWith("gift_")],
  [1, (line) => line.code.startsWith("DCGS")],
  [3, (line) => line.invoice.startsWith("A")],
  [4, (line) => line.price === "0.0" && line.quantity.startsWith("-") && line.description === ""],
  [2, (line) => line.price === "0.0" && line.quantity.startsWith("-") && line.description !== ""],
  [2, (line) => line.price === "0.0" && /^\d/.test(line.quantity) && line.description === ""],
  [3, (line) => line.price === "0.0" && line.customer !== ""],
  [2, (line) => line.description.includes(",")],
];

/** About 150 whole invoices, their lines as they stand in the file and in the file's order. */
export function invoiceSampleCsv(folder: string): string {
  const text = sourceText(folder, "transactions/uci-online-retail-2010-12_2011-08.csv.gz");
  const [header = [], ...rows] = parse(text, { bom: true });
  const lines = rows.map(lineOf);
  const order = shuffled([...new Set(lines.map((line) => line.invoice))], (invoice) => invoice);
  const chosen = new Set([
    ...oddInvoices(lines, order),
    ...salesWithReturns(lines, order),
    ...interleaved(lines),
    ...repeatedLines(lines, order),
    ...order.filter((invoice) => invoice.startsWith("5")).slice(0, ORDINARY),
    ...order.filter((invoice) => invoice.startsWith("C")).slice(0, 8),
  ]);
  const kept = lines.filter((line) => chosen.has(line.invoice));
  return [csvLine(header), ...kept.map((line) => csvLine(line.fields))].join("");
}

function lineOf(fields: readonly string[], index: number): Line {
  const [invoice = "", code = "", description = "", quantity = "", , price = "", customer = ""] =
    fields;
  return { index, fields, invoice, code, description, quantity, price, customer };
}

function oddInvoices(lines: readonly Line[], order: readonly string[]): string[] {
  return ODDITIES.flatMap(([wanted, holds]) => {
    const matching = new Set(lines.filter(holds).map((line) => line.invoice));
    return order.filter((invoice) => matching.has(invoice)).slice(0, wanted);
  });
}

/** Returns (C…) together with the sale in which the same customer bought the same good before. */
function salesWithReturns(lines: readonly Line[], order: readonly string[]): string[] {
  const sales = new Map<string, Line>();
  const pairs = new Map<string, string>();
  for (const line of lines) {
    const key = `${line.customer} ${line.code}`;
    if (line.customer === "") continue;
    if (line.invoice.startsWith("5")) sales.set(key, line);
    const sale = line.invoice.startsWith("C") ? sales.get(key) : undefined;
    if (sale !== undefined) pairs.set(line.invoice, sale.invoice);
  }
  const returns = order.filter((invoice) => pairs.has(invoice)).slice(0, RETURNED_SALES);
  return returns.flatMap((invoice) => [invoice, pairs.get(invoice) ?? invoice]);
}

/** Invoices whose lines do not stand together in the file. */
function interleaved(lines: readonly Line[]): string[] {
  const closed = new Set<string>();
  const found: string[] = [];
  lines.forEach((line, at) => {
    const before = lines[at - 1]?.invoice;
    if (before === line.invoice) return;
    if (before !== undefined) closed.add(before);
    if (closed.has(line.invoice)) found.push(line.invoice);
  });
  return found.slice(0, 1);
}

/** Two invoices in which one line stands twice, all fields alike. */
function repeatedLines(lines: readonly Line[], order: readonly string[]): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const line of lines) {
    const key = line.fields.join("\t");
    if (seen.has(key)) repeated.add(line.invoice);
    seen.add(key);
  }
  return order.filter((invoice) => repeated.has(invoice)).slice(0, 2);
}
