import { pipeline } from "node:stream";
import { CsvError, type Options, parse } from "csv-parse";

import { type Columns, recogniseColumns } from "./catalogue-csv-columns.ts";
import {
  type CatalogueCsvProduct,
  type CatalogueCsvRules,
  type CellProblem,
  readRow,
} from "./catalogue-csv-row.ts";
import { SeenCodes } from "./catalogue-csv-seen.ts";
import { type Dialect, detectDialect, openText, whyNoText } from "./catalogue-csv-text.ts";

export interface CatalogueCsvOptions extends CatalogueCsvRules {
  /** Called every thousand rows and once at the end. */
  readonly onProgress?: ((progress: CatalogueCsvProgress) => void) | undefined;
}

export interface CatalogueCsvProgress {
  /** Rows read so far, the header not counted. */
  readonly rows: number;
  /** Of the file as it lies on the disk: packed bytes for a .gz. */
  readonly bytesRead: number;
  readonly totalBytes: number;
}

/**
 * What reading yields. Rows are counted as a spreadsheet shows them: the header is row 1.
 * `unreadable` is always the last item and means that nothing of this file should be kept.
 */
export type CatalogueCsvItem =
  | { readonly kind: "good"; readonly row: number; readonly product: CatalogueCsvProduct }
  | ({ readonly kind: "refused" } & CatalogueCsvRefusal)
  | { readonly kind: "unreadable"; readonly row: number; readonly why: string };

export interface CatalogueCsvRefusal extends CellProblem {
  readonly row: number;
}

/** One refused row in one sentence: "row 17, column barcode: '590…' has a wrong check digit …". */
export function refusalText({ row, column, why }: CatalogueCsvRefusal): string {
  return `row ${row}, column ${column}: ${why}`;
}

const PROGRESS_EVERY_ROWS = 1000;

/** Characters of the longest row. More than this is a quotation mark that nobody closed. */
const LONGEST_ROW = 128_000;

/**
 * Reads a file of goods, row by row: CSV in UTF-8, plain or gzip-packed, with commas, semicolons or
 * tabs, titles in several languages. Keeps no rows, only the codes it has seen, to find doubles.
 * Never throws for what is wrong with the file.
 */
export async function* readCatalogueCsv(
  path: string,
  options: CatalogueCsvOptions,
): AsyncGenerator<CatalogueCsvItem> {
  const at = { row: 0 };
  let close = () => {};
  try {
    const text = await openText(path);
    close = () => text.close();
    const notText = whyNoText(text.head);
    if (notText !== null) {
      yield { kind: "unreadable", row: 1, why: notText };
      return;
    }
    const report = () =>
      options.onProgress?.({
        rows: Math.max(0, at.row - 1),
        bytesRead: text.bytesRead(),
        totalBytes: text.totalBytes,
      });
    const parser = parse(parserOptions(detectDialect(text.head)));
    const records: AsyncIterable<string[]> = pipeline(text.bytes, parser, () => undefined);
    for await (const item of readRecords(records, at, options)) {
      if (item !== null) yield item;
      if (at.row % PROGRESS_EVERY_ROWS === 0) report();
    }
    report();
  } catch (error) {
    const why = whyUnreadable(error);
    if (why === null) throw error;
    // The parser may be ahead of what it handed out, so its own count tells the row.
    const parsed = error instanceof CsvError ? Number(error["records"]) : at.row;
    yield { kind: "unreadable", row: parsed + 1, why };
  } finally {
    close();
  }
}

/** Null for a row that says nothing. */
async function* readRecords(
  records: AsyncIterable<string[]>,
  at: { row: number },
  rules: CatalogueCsvRules,
): AsyncGenerator<CatalogueCsvItem | null> {
  const seen = new SeenCodes();
  let columns: Columns | undefined;
  let headerRow = 0;
  let goods = 0;
  for await (const cells of records) {
    at.row++;
    if (cells.every((cell) => cell.trim() === "")) {
      yield null;
    } else if (columns === undefined) {
      const found = recogniseColumns(cells);
      if (!found.ok) {
        yield { kind: "unreadable", row: at.row, why: found.failure };
        return;
      }
      columns = found.value;
      headerRow = at.row;
    } else {
      goods++;
      const read = readRow(cells, columns, rules);
      const problem = read.ok ? seen.add(read.value, at.row, columns) : read.failure;
      if (problem !== null) yield { kind: "refused", row: at.row, ...problem };
      else if (read.ok) yield { kind: "good", row: at.row, product: read.value };
    }
  }
  if (goods > 0) return;
  const why =
    columns === undefined
      ? "The file is empty."
      : "The file has column titles, but no goods below them.";
  yield { kind: "unreadable", row: Math.max(1, headerRow), why };
}

function parserOptions(dialect: Dialect): Options {
  return {
    bom: true,
    delimiter: dialect.delimiter,
    from_line: dialect.fromLine,
    max_record_size: LONGEST_ROW,
    // All three in one file: lists are pasted together from several machines.
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
  };
}

/** In words, what the disk, the packing or the quotation marks did; null for a bug of ours. */
export function whyUnreadable(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof CsvError) {
    if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE") {
      return "From this row on a quotation mark is opened and never closed. Close it, or take it out.";
    }
    return `The file is not put together as a CSV: ${error.message}.`;
  }
  if (code === "ENOENT") return "There is no such file. Check its name and folder.";
  if (code === "EISDIR") return "This is a folder, not a file.";
  if (code === "EACCES" || code === "EPERM") {
    return "This program may not read the file. Give it the right to, or copy the file elsewhere.";
  }
  if (code.startsWith("Z_")) {
    return "The .gz file is damaged or was cut short. Fetch or pack it again.";
  }
  return /^E[A-Z]+$/.test(code) ? `The file could not be read (${code}). Try again.` : null;
}
