import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { houseRoot } from "../host/node/build/fresh.ts";

/** A good of the benchmarks' catalogue. */
export interface BenchGood {
  readonly sku: string;
  /** 13 digits with a right check digit. */
  readonly gtin: string;
  readonly name: string;
  readonly priceMinor: number;
}

interface RealGood {
  readonly gtin: string;
  readonly name: string;
}

/** What makes another good of a real one. */
const packs = ["", "250 g", "500 g", "1 kg", "330 ml", "0.5 l", "1 l", "2 l", "XL", "bio", "mini"];

/**
 * `count` goods: every real row of `data/demo-catalogue.csv`, or of the larger files in the folder that
 * EVERTILL_DATA names, then the same names in other packs under numbers of the same makers. The same every time.
 */
export function benchGoods(count: number, dataFolder: string | undefined): BenchGood[] {
  const real = realGoods(dataFolder);
  const goods: BenchGood[] = [];
  const taken = new Set(real.map(({ gtin }) => gtin));
  for (let round = 0; goods.length < count; round++) {
    for (const { gtin, name } of real) {
      if (goods.length === count) break;
      const number = round === 0 ? gtin : anotherNumber(gtin, taken);
      const pack = packs[round % packs.length] ?? "";
      const edition = round < packs.length ? "" : ` ${round}`;
      goods.push({
        sku: `B${String(goods.length + 1).padStart(6, "0")}`,
        gtin: number,
        name: `${name} ${pack}${edition}`.trim(),
        priceMinor: 49 + ((goods.length * 7919) % 2950),
      });
    }
  }
  return goods;
}

function realGoods(dataFolder: string | undefined): RealGood[] {
  const sources =
    dataFolder !== undefined && existsSync(join(dataFolder, "catalogue"))
      ? [
          goodsOf(join(dataFolder, "catalogue", "off-2019-gtin-name.csv.gz"), "barcode"),
          goodsOf(join(dataFolder, "catalogue", "israel-2026-08-10-prices.csv.gz"), "barcode"),
        ]
      : [goodsOf(join(houseRoot, "data", "demo-catalogue.csv"), "gtin")];
  const byGtin = new Map<string, RealGood>();
  for (const good of sources.flat()) byGtin.set(good.gtin, byGtin.get(good.gtin) ?? good);
  return [...byGtin.values()];
}

function goodsOf(path: string, column: string): RealGood[] {
  const bytes = readFileSync(path);
  const text = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
  return rows.flatMap((row) => {
    const gtin = (row[column] ?? "").padStart(13, "0");
    const name = (row["name"] ?? "").trim();
    // Numbers that begin with 02 or 2 are the scales' own; the demo store reads a weight in them.
    const isGood = /^(?!02|2|0{6})\d{13}$/.test(gtin) && gtin === withCheckDigit(gtin.slice(0, 12));
    return isGood && name !== "" ? [{ gtin, name }] : [];
  });
}

/** A free number with the maker's digits. */
function anotherNumber(gtin: string, taken: Set<string>): string {
  let item = Number(gtin.slice(7, 12));
  for (;;) {
    item = (item + 31_337) % 100_000;
    const number = withCheckDigit(gtin.slice(0, 7) + String(item).padStart(5, "0"));
    if (taken.has(number)) continue;
    taken.add(number);
    return number;
  }
}

/** [GS1 General Specifications 7.9] */
function withCheckDigit(twelve: string): string {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += Number(twelve[i]) * (i % 2 === 0 ? 1 : 3);
  return `${twelve}${(10 - (sum % 10)) % 10}`;
}

/** The goods as a file that `npm start -- --catalogue` takes. */
export async function writeGoodsCsv(goods: readonly BenchGood[], path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write("sku,gtin,name,price,unit,tax_category\n");
  for (const { sku, gtin, name, priceMinor } of goods) {
    const price = `${Math.floor(priceMinor / 100)}.${String(priceMinor % 100).padStart(2, "0")}`;
    const line = `${sku},${gtin},"${name.replaceAll('"', '""')}",${price},each,standard\n`;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}
