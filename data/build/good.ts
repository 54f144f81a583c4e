import type { DepartmentName } from "./departments.ts";

/** One row of the demo catalogue, as the CSV holds it. */
export interface Good {
  readonly sku: string;
  /** As printed under the bars (8, 12 or 13 digits, leading zeros kept), or "". */
  readonly gtin: string;
  readonly plu: string;
  readonly name: string;
  readonly brand: string;
  readonly category: DepartmentName;
  /** The group of the touch grid, or "". */
  readonly favourite: string;
  /** Decimal text such as 6.49, or "": the till asks. */
  readonly price: string;
  readonly unit: "each" | "kg";
  readonly taxCategory: string;
  /** Decimal text: pieces, or kilograms with three places. */
  readonly stock: string;
}

const COLUMNS = [
  ["sku", "sku"],
  ["gtin", "gtin"],
  ["plu", "plu"],
  ["name", "name"],
  ["brand", "brand"],
  ["category", "category"],
  ["favourite", "favourite"],
  ["price", "price"],
  ["unit", "unit"],
  ["tax_category", "taxCategory"],
  ["stock", "stock"],
] as const satisfies readonly (readonly [string, keyof Good])[];

/** The whole CSV file: RFC 4180 quoting, LF line ends, a header row. */
export function goodsCsv(goods: readonly Good[]): string {
  const lines = goods.map((good) => csvLine(COLUMNS.map(([, field]) => good[field])));
  return [csvLine(COLUMNS.map(([title]) => title)), ...lines].join("");
}

export function csvLine(fields: readonly string[]): string {
  return `${fields.map(quoted).join(",")}\n`;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
