import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { houseRoot } from "../host/node/build/fresh.ts";
import type { Bench } from "./bench.ts";
import { atLeast } from "./figure.ts";

const report = z.object({
  invoices: z.number(),
  lines: z.number(),
  seconds: z.number(),
  verified: z.literal(true),
  provedEqual: z.literal(true),
});

/** `evertill replay` of real invoices, up to "proved equal" with a store server. */
export const replaying: Bench = {
  name: "replaying",
  measures: ["replay.lines"],
  async run(parts) {
    const sample = join(houseRoot, "data", "uci-sample.csv.gz");
    const large = "transactions/uci-online-retail-2010-12_2011-08.csv.gz";
    const isLarge = parts.dataFolder !== undefined && parts.sizes.goods >= 200_000;
    const file = isLarge ? join(parts.dataFolder ?? "", large) : sample;
    parts.say(`ringing up ${file}`);
    const bin = join(houseRoot, "host", "node", "bin", "evertill.mjs");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [bin, "replay", file, "--data", join(parts.folder, "data"), "--json"],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    const { lines, invoices, seconds } = report.parse(JSON.parse(stdout));
    parts.say(`${invoices} invoices in ${seconds} s, proved equal`);
    // A month of a busy till, rung up in a quarter of an hour.
    return [atLeast("replay.lines", lines / seconds, "lines/s", 500)];
  },
};
