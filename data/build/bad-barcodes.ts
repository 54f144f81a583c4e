import { expandUpcE } from "../../domain/values/gtin.ts";
import { shuffled } from "./chance.ts";
import { csvLine } from "./good.ts";
import { field, sourceRows } from "./source-rows.ts";

const PER_LENGTH: Readonly<Record<number, number>> = { 8: 8, 11: 8, 12: 8, 13: 12, 14: 4 };

/**
 * A sample of real codes that are no valid GTIN: every length that occurs, most of the near misses.
 * The source also counts UPC-E as bad; those a scanner reads rightly, so they are left out.
 */
export function badBarcodesCsv(folder: string): string {
  const rows = sourceRows(folder, "catalogue/off-2019-bad-barcodes.csv.gz");
  const taken = new Map<number, number>();
  const bad = rows.filter((row) => !isWholeUpcE(field(row, "barcode")));
  const sample = shuffled(bad, (row) => field(row, "barcode")).filter((row) => {
    const { length } = field(row, "barcode");
    const count = taken.get(length) ?? 0;
    taken.set(length, count + 1);
    return count < (PER_LENGTH[length] ?? 1) && length <= 32 && !/[\r\n]/.test(field(row, "name"));
  });
  const lines = sample
    .map((row) => [field(row, "barcode"), field(row, "name")])
    .toSorted(([a = ""], [b = ""]) => a.length - b.length || (a < b ? -1 : 1));
  return [["barcode", "name"], ...lines].map(csvLine).join("");
}

function isWholeUpcE(code: string): boolean {
  return code.length === 8 && expandUpcE(code) !== null;
}
