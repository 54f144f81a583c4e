import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Bench, fullSizes, smokeSizes } from "./bench.ts";
import { registerBench } from "./register.ts";
import { replayBench } from "./replay.ts";
import { saleBench } from "./sale.ts";
import { searchBench } from "./search.ts";
import { syncBench } from "./sync/sync.ts";
import { versions } from "./versions.ts";

const benches: readonly Bench[] = [saleBench, searchBench, registerBench, replayBench, syncBench];

const usage = `Usage: npm run bench -- [--only NAME] [--smoke]

  --only NAME   one benchmark (${benches.map(({ name }) => name).join(", ")}) or one figure
  --smoke       tiny sizes: shows that everything runs, and its figures mean nothing
  --help        print this

Prints one line of JSON a figure; ends with 1 where one does not hold. EVERTILL_DATA may name a folder of
larger real data: catalogue/*.csv.gz, transactions/uci-online-retail-*.csv.gz.
`;

/** How many of the chosen figures do not hold. */
async function run(chosen: readonly Bench[], figures: ReadonlySet<string>, smoke: boolean) {
  let failing = 0;
  for (const bench of chosen) {
    const folder = mkdtempSync(join(tmpdir(), `evertill-bench-${bench.name}-`));
    try {
      say(`${bench.name} …`);
      const measured = await bench.run({
        ...{ sizes: smoke ? smokeSizes : fullSizes, folder, say },
        dataFolder: process.env["EVERTILL_DATA"],
      });
      for (const figure of measured) {
        if (!figures.has(figure.name)) continue;
        process.stdout.write(`${JSON.stringify(figure)}\n`);
        if (!figure.holds) failing++;
      }
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
  return failing;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      smoke: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { only, smoke } = values;
  const chosen = benches.filter(
    ({ name, measures }) => only === undefined || name === only || measures.includes(only),
  );
  if (chosen.length === 0) {
    say(`There is no benchmark ${only}.\n\n${usage}`);
    return 64;
  }
  const isFigure = !chosen.some(({ name }) => name === only);
  const all = chosen.flatMap(({ measures }) => measures);
  const figures = new Set(only === undefined || !isFigure ? all : [only]);
  say(`${versions()}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
  const failing = await run(chosen, figures, smoke);
  if (smoke) return 0;
  if (failing > 0) say(`${failing} of the figures do not hold.`);
  return failing > 0 ? 1 : 0;
}

try {
  // Chromium's driver keeps handles of its own.
  process.exit(await main());
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}
