import { pipeline, Readable } from "node:stream";
import { parse } from "csv-parse";
import { whyUnreadable } from "../../../cloud-infra/service/catalogue-csv.ts";
import { openText, whyNoText } from "../../../cloud-infra/service/catalogue-csv-text.ts";
import { failed, ok, type Result } from "../../../domain/values/result.ts";
import { readHeader, type SalesHeader } from "./sales-columns.ts";
import { type DateOrder, dateOrderOf, readWallTime } from "./sales-dates.ts";
import { type RefusedRow, readSalesRow, type SalesLine } from "./sales-row.ts";

/** A file of sales that was read once from end to end and may be rung up. */
export interface SalesFile {
  readonly path: string;
  readonly encoding: Encoding;
  readonly header: SalesHeader;
  /** A first line such as "sep=;" stands before the titles. */
  readonly titlesRow: 1 | 2;
  readonly dateOrder: DateOrder | null;
  /** Rows with sales, refused ones included. */
  readonly rows: number;
  /** Where each invoice ends: its rows need not stand together. */
  readonly lastRowOf: ReadonlyMap<string, number>;
}

type Encoding = "utf-8" | "windows-1252";

/** What a second reading yields: an invoice as soon as its last row was read, and rows in their order. */
export type SalesItem =
  | { readonly kind: "invoice"; readonly invoice: string; readonly lines: readonly SalesLine[] }
  | { readonly kind: "refused"; readonly refused: RefusedRow };

/** Characters of the longest row. More than this is a quotation mark that nobody closed. */
const longestRow = 128_000;

/**
 * Reads the whole file once, keeping the numbers of its invoices and no rows. A file that is cut short or
 * is no list of sales fails here, with a sentence for a person, before anything of it was rung up.
 */
export async function surveySalesFile(
  path: string,
  wanted: { readonly dateOrder: DateOrder | null },
): Promise<Result<SalesFile, string>> {
  try {
    return await survey(path, wanted.dateOrder, "utf-8");
  } catch (error) {
    if (!isNotUtf8(error)) return failed(reasonOf(error));
  }
  try {
    // Spreadsheets of the West write this when they do not write UTF-8.
    return await survey(path, wanted.dateOrder, "windows-1252");
  } catch (error) {
    return failed(reasonOf(error));
  }
}

async function survey(
  path: string,
  wantedOrder: DateOrder | null,
  encoding: Encoding,
): Promise<Result<SalesFile, string>> {
  const start = await readStart(path, encoding);
  if (!start.ok) return start;
  const { header, titlesRow } = start.value;
  const lastRowOf = new Map<string, number>();
  const orders = { "day-first": 0, "month-first": 0, open: "" };
  let rows = 0;
  for await (const { row, cells } of salesRows({ path, encoding, ...start.value })) {
    rows++;
    const invoice = cells[header.columns.invoice]?.trim() ?? "";
    if (invoice !== "") lastRowOf.set(invoice, row);
    noteOrder(orders, cells[header.columns.date]?.trim() ?? "");
  }
  if (rows === 0) return failed("The file has column titles, but no sales below them.");
  const dateOrder = wantedOrder ?? orderOf(orders);
  if (dateOrder === null && orders.open !== "" && orders["day-first"] === 0) {
    return failed(
      `Dates such as ${orders.open} can be read in two ways. ` +
        "Say which one is right: --dates day-first or --dates month-first.",
    );
  }
  return ok({ path, encoding, header, titlesRow, dateOrder, rows, lastRowOf });
}

interface Orders {
  "day-first": number;
  "month-first": number;
  /** A date that could be either. */
  open: string;
}

function noteOrder(orders: Orders, date: string): void {
  const order = dateOrderOf(date);
  if (order !== null) orders[order]++;
  else if (orders.open === "" && isTwoWays(date)) orders.open = date;
}

function isTwoWays(date: string): boolean {
  const read = readWallTime(date, null);
  return !read.ok && read.failure === "two-ways";
}

/** Null also for a file that writes both: its dates that could be either are then refused row by row. */
function orderOf(orders: Orders): DateOrder | null {
  if (orders["day-first"] > 0) return orders["month-first"] > 0 ? null : "day-first";
  return orders["month-first"] > 0 ? "month-first" : null;
}

async function readStart(path: string, encoding: Encoding) {
  const text = await openText(path);
  try {
    const notText = whyNoText(text.head);
    if (notText !== null) return failed(notText);
    const [first = "", second = ""] = new TextDecoder(encoding)
      .decode(text.head)
      .trimStart()
      .split(/\r\n|\n|\r/, 2);
    const titlesRow = /^sep=.$/i.test(first) ? 2 : 1;
    const header = readHeader(titlesRow === 2 ? second : first);
    return header.ok ? ok({ header: header.value, titlesRow } as const) : header;
  } finally {
    text.close();
  }
}

/** Reads the file again. Holds the rows of the invoices that are not complete yet, and nothing else. */
export async function* readSales(file: SalesFile, exponent: number): AsyncGenerator<SalesItem> {
  const { header, dateOrder, lastRowOf } = file;
  const rules = { ...header, exponent, dateOrder, decimalComma: header.delimiter !== "," };
  const open = new Map<string, SalesLine[]>();
  let rows = 0;
  for await (const { row, cells } of salesRows(file)) {
    rows++;
    const read = readSalesRow(cells, row, rules);
    const invoice = read.ok ? read.value.invoice : read.failure.invoice;
    if (read.ok) linesOf(open, invoice).push(read.value);
    else yield { kind: "refused", refused: read.failure };
    if (lastRowOf.get(invoice) !== row) continue;
    const lines = open.get(invoice) ?? [];
    open.delete(invoice);
    yield { kind: "invoice", invoice, lines };
  }
  if (rows !== file.rows) throw new Error("The file changed while it was read. Run it again.");
}

function linesOf(open: Map<string, SalesLine[]>, invoice: string): SalesLine[] {
  const known = open.get(invoice);
  if (known !== undefined) return known;
  const lines: SalesLine[] = [];
  open.set(invoice, lines);
  return lines;
}

type Written = Pick<SalesFile, "path" | "encoding" | "header" | "titlesRow">;

/** Rows below the titles that say something. `row` counts as a spreadsheet does, from 1. */
async function* salesRows({ path, encoding, header, titlesRow }: Written) {
  const text = await openText(path);
  try {
    const parser = parse({
      delimiter: header.delimiter,
      max_record_size: longestRow,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
    });
    const letters = Readable.from(decoded(text.bytes, encoding));
    const records: AsyncIterable<string[]> = pipeline(letters, parser, () => undefined);
    let row = 0;
    for await (const cells of records) {
      row++;
      if (row > titlesRow && cells.some((cell) => cell.trim() !== "")) yield { row, cells };
    }
  } finally {
    text.close();
  }
}

/** Letters of the bytes, without a byte order mark; throws where they are not of that encoding. */
async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function isNotUtf8(error: unknown): boolean {
  return (
    error instanceof TypeError &&
    "code" in error &&
    error.code === "ERR_ENCODING_INVALID_ENCODED_DATA"
  );
}

function reasonOf(error: unknown): string {
  const why = whyUnreadable(error);
  if (why === null) throw error;
  return why;
}
