import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { houseRoot } from "../host/node/build/fresh.ts";
import type { Bench } from "./bench.ts";
import { atLeast, type Figure } from "./figure.ts";

/** 320,705 rows in three minutes. */
const rowsPerSecond = 320_705 / 180;

/**
 * `evertill replay` into a new data folder: the large file of EVERTILL_DATA, else the committed sample. The sample makes a
 * good of every second row and closes a day after every fortieth, so that its rate is not the large file's.
 */
export const replayBench: Bench = {
  name: "replay",
  measures: ["replay-proved", "replay-rows"],
  async run({ folder, dataFolder, say }) {
    const large = largeFile(dataFolder);
    const file = large ?? join(houseRoot, "data", "uci-sample.csv.gz");
    say(`Replaying ${large === null ? "the sample" : "the large file"} …`);
    const report = await replay(file, join(folder, "data"));
    return [proved(report), speed(report, large !== null)];
  },
};

interface Report {
  readonly lines: number;
  readonly verified: boolean;
  readonly provedEqual: boolean;
  readonly secondsOf: { readonly ringUp: number };
}

function largeFile(dataFolder: string | undefined): string | null {
  const folder = dataFolder === undefined ? null : join(dataFolder, "transactions");
  if (folder === null || !existsSync(folder)) return null;
  const name = readdirSync(folder).find((entry) => /^uci-online-retail-.*\.csv\.gz$/.test(entry));
  return name === undefined ? null : join(folder, name);
}

async function replay(file: string, data: string): Promise<Report> {
  const command = join(houseRoot, "host", "node", "cli", "evertill.ts");
  const child = spawn(process.execPath, [command, "replay", file, "--data", data], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [out] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (child.exitCode !== 0) throw new Error(`evertill replay ended with ${child.exitCode}`);
  return JSON.parse(out) as Report;
}

function proved({ verified, provedEqual }: Report): Figure {
  return atLeast("replay-proved", verified && provedEqual ? 1 : 0, "proofs", 1);
}

function speed({ lines, secondsOf }: Report, isLarge: boolean): Figure {
  const limit = isLarge ? rowsPerSecond : rowsPerSecond / 4;
  return atLeast("replay-rows", lines / secondsOf.ringUp, "rows/s", limit);
}
