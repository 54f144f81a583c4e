import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { houseRoot } from "../../host/node/build/fresh.ts";

/** The peers are a package of their own: bench/peers/README.md. */
const peers = join(houseRoot, "bench", "peers");

export function arePeersInstalled(): boolean {
  return existsSync(join(peers, "node_modules"));
}

/** Runs one peer once, now; how many a second it did of each thing that it does. */
export function peerRates(script: "bare" | "powersync" | "rxdb"): ReadonlyMap<string, number> {
  const said = execFileSync(process.execPath, [join(peers, `${script}.ts`)], {
    cwd: peers,
    encoding: "utf8",
    timeout: 180_000,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const lines = said.split("\n").filter((line) => line.startsWith('{"peer"'));
  const measured = lines.map((line) => JSON.parse(line) as { what: string; perSecond?: number });
  return new Map(measured.map(({ what, perSecond = 0 }) => [what, perSecond]));
}
