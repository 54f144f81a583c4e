import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A row of the demo catalogue that a test can sell. */
export interface DemoGood {
  readonly sku: string;
  readonly gtin: string;
  readonly name: string;
  readonly priceMinor: number;
}

const file = join(import.meta.dirname, "..", "..", "data", "demo-catalogue.csv");

/**
 * The demo store's goods that are sold by the piece, have a barcode and a price, and a plain row.
 */
export const barcodedGoods: readonly DemoGood[] = readFileSync(file, "utf8")
  .split("\n")
  .slice(1)
  .filter((row) => row !== "" && !row.includes('"'))
  .map((row) => row.split(","))
  .filter((row) => row[1] !== "" && row[8] === "each" && /^\d+\.\d\d$/.test(row[7] ?? ""))
  .map((row) => ({
    sku: row[0] ?? "",
    gtin: row[1] ?? "",
    name: row[3] ?? "",
    priceMinor: Number((row[7] ?? "").replace(".", "")),
  }));

/** The first `count` of them. */
export function goodsToSell(count: number): readonly DemoGood[] {
  return barcodedGoods.slice(0, count);
}

export function sumMinor(goods: readonly DemoGood[]): number {
  return goods.reduce((sum, good) => sum + good.priceMinor, 0);
}
