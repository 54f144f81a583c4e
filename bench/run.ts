import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Bench } from "./bench.ts";
import { fullSizes, smokeSizes } from "./bench.ts";
import { bigCatalogue } from "./big-catalogue.ts";
import { completingASale } from "./completing-a-sale.ts";
import { replaying } from "./replaying.ts";
import { searching } from "./searching.ts";

/**
 * `npm run bench`: prints one line of JSON a figure and ends with 1 where one does not hold.
 * `--only NAME` runs one benchmark, `--smoke` runs all of them tiny, to see that they run.
 */
const benches: readonly Bench[] = [completingASale, searching, replaying, bigCatalogue];

const { values: options } = parseArgs({
  options: { only: { type: "string" }, smoke: { type: "boolean", default: false } },
});
const chosen = benches.filter(({ name }) => options.only === undefined || name === options.only);
if (chosen.length === 0) {
  const names = benches.map(({ name }) => name).join(", ");
  process.stderr.write(`No benchmark is called "${options.only}". There are: ${names}.\n`);
  process.exit(64);
}

process.stderr.write(`Node ${process.version}, ${process.platform} ${process.arch}\n`);
let allHold = true;
for (const bench of chosen) {
  const folder = mkdtempSync(join(tmpdir(), `evertill-bench-`));
  try {
    const figures = await bench.run({
      sizes: options.smoke ? smokeSizes : fullSizes,
      folder,
      dataFolder: process.env["EVERTILL_DATA"],
      say: (sentence) => process.stderr.write(`${bench.name}: ${sentence}\n`),
    });
    for (const figure of figures) {
      process.stdout.write(`${JSON.stringify(figure)}\n`);
      allHold &&= figure.holds || options.smoke;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(allHold ? 0 : 1);
