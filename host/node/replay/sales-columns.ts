import { failed, ok, type Result } from "../../../domain/values/result.ts";

/** Where each thing stands in a row of the file. */
export interface SalesColumns {
  readonly invoice: number;
  readonly code: number;
  /** Null where the file has no such column: the code is the name then. */
  readonly description: number | null;
  readonly quantity: number;
  readonly date: number;
  readonly price: number;
}

/** How the file is put together, told by its first row. */
export interface SalesHeader {
  readonly delimiter: string;
  /** How many cells a row has. */
  readonly width: number;
  readonly columns: SalesColumns;
}

/** Titles as UCI's "Online Retail" and "Online Retail II" have them; case, blanks and marks aside. */
const titles = {
  invoice: ["invoiceno", "invoice", "invoicenumber"],
  code: ["stockcode"],
  description: ["description"],
  quantity: ["quantity"],
  date: ["invoicedate"],
  price: ["unitprice", "price"],
} as const;
type Column = keyof typeof titles;

const required: readonly Column[] = ["invoice", "code", "quantity", "date", "price"];
const delimiters = [",", ";", "\t", "|"];

/** Reads the first row. Fails with a sentence that names the columns that are missing. */
export function readHeader(firstLine: string): Result<SalesHeader, string> {
  const readings = delimiters.map((delimiter) => {
    const cells = firstLine.split(delimiter).map(plainTitle);
    return { delimiter, width: cells.length, found: findColumns(cells) };
  });
  const best = readings.reduce((a, b) => (b.found.size > a.found.size ? b : a));
  const at = (column: Column) => best.found.get(column) ?? null;
  const missing = required.filter((column) => at(column) === null);
  if (missing.length > 0) {
    const names = missing.map((column) => nameOf[column]).join(", ");
    return failed(
      `The first row must name the columns; missing: ${names}. A file of sales has the columns ` +
        "InvoiceNo, StockCode, Description, Quantity, InvoiceDate and UnitPrice.",
    );
  }
  return ok({
    delimiter: best.delimiter,
    width: best.width,
    columns: {
      invoice: at("invoice") ?? 0,
      code: at("code") ?? 0,
      description: at("description"),
      quantity: at("quantity") ?? 0,
      date: at("date") ?? 0,
      price: at("price") ?? 0,
    },
  });
}

const nameOf: Readonly<Record<Column, string>> = {
  invoice: "InvoiceNo",
  code: "StockCode",
  description: "Description",
  quantity: "Quantity",
  date: "InvoiceDate",
  price: "UnitPrice",
};

function plainTitle(cell: string): string {
  return cell.toLowerCase().replace(/[^a-z]/g, "");
}

function findColumns(cells: readonly string[]): Map<Column, number> {
  const found = new Map<Column, number>();
  for (const column of Object.keys(titles) as Column[]) {
    const names: readonly string[] = titles[column];
    const index = cells.findIndex((cell) => names.includes(cell));
    if (index !== -1) found.set(column, index);
  }
  return found;
}
