import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

import { badBarcodesCsv } from "./build/bad-barcodes.ts";
import { SkuNumbers } from "./build/chance.ts";
import { counterGoods } from "./build/counter-goods.ts";
import { foodFactsGoods } from "./build/food-facts-goods.ts";
import { type Good, goodsCsv } from "./build/good.ts";
import { invoiceSampleCsv } from "./build/invoice-sample.ts";
import { priceListGoods } from "./build/price-list-goods.ts";

const HELP = `Builds the demo store's files from the folder of real data.

  node data/build-demo-store.ts --from DIR [--to DIR]

  --from DIR   holds catalogue/*.csv.gz and transactions/*.csv.gz (see data/README.md)
  --to DIR     where the files are written (default: this script's folder)

The same input gives the same bytes (of the .gz: the same content; its packing is zlib's).
`;

/** The demo catalogue: the touch grid's goods first, then by department and name. */
export function demoGoods(folder: string): Good[] {
  const counter = counterGoods();
  const skus = new SkuNumbers();
  const plus = new Set(counter.map((good) => good.plu));
  const priceList = priceListGoods(folder, skus, plus);
  const known = new Set(priceList.map((good) => good.gtin.padStart(14, "0")));
  const foodFacts = foodFactsGoods(folder, skus).filter(
    (good) => !known.has(good.gtin.padStart(14, "0")),
  );
  return [...counter, ...[...foodFacts, ...priceList].toSorted(byDepartmentAndName)];
}

function byDepartmentAndName(a: Good, b: Good): number {
  const keyA = `${a.category}\t${a.name}\t${a.sku}`;
  const keyB = `${b.category}\t${b.name}\t${b.sku}`;
  return keyA < keyB ? -1 : 1;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      to: { type: "string", default: import.meta.dirname },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.from === undefined) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  mkdirSync(values.to, { recursive: true });
  const goods = demoGoods(values.from);
  writeFileSync(join(values.to, "demo-catalogue.csv"), goodsCsv(goods));
  writeFileSync(join(values.to, "bad-barcodes.csv"), badBarcodesCsv(values.from));
  const invoices = gzipSync(invoiceSampleCsv(values.from), { level: 9 });
  writeFileSync(join(values.to, "uci-sample.csv.gz"), invoices);
  process.stdout.write(`${goods.length} goods written to ${values.to}\n`);
}

if (import.meta.main) main();
