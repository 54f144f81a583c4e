import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Measured } from "./measure.ts";

/**
 * `node run.ts [ROUNDS]`: every peer once a round, so that all of them see the same machine; then the medians, one line
 * of JSON each: `{peer, version, what, count, perSecond, p50Ms, p99Ms, rounds, note}`.
 */
const rounds = Number(process.argv[2] ?? 5);
const scripts = ["bare", "powersync", "rxdb", "pouchdb", "tinybase", "amplify-datastore"];
const mostMs = 180_000;
const found = new Map<string, Measured[]>();

for (let round = 1; round <= rounds; round++) {
  for (const script of scripts) await add(script);
  if (round === 1) await add("amplify-datastore", "poison");
}
for (const lines of found.values()) console.log(JSON.stringify(medianOf(lines)));

async function add(script: string, ...args: string[]): Promise<void> {
  console.error(`${script} ${args.join(" ")}…`);
  const file = join(import.meta.dirname, `${script}.ts`);
  try {
    const ran = promisify(execFile)(process.execPath, [file, ...args], {
      cwd: import.meta.dirname,
      timeout: mostMs,
      maxBuffer: 64 * 1024 * 1024,
    });
    for (const line of (await ran).stdout.split("\n")) {
      if (!line.startsWith('{"peer"')) continue;
      const measured = JSON.parse(line) as Measured;
      const key = `${measured.peer} ${measured.what}`;
      found.set(key, [...(found.get(key) ?? []), measured]);
    }
  } catch (error) {
    console.error(`${script} failed: ${String(error).slice(0, 500)}`);
  }
}

function medianOf(lines: readonly Measured[]): Measured & { readonly rounds: number } {
  const sorted = lines.toSorted((a, b) => (a.perSecond ?? 0) - (b.perSecond ?? 0));
  const middle = sorted[Math.floor(sorted.length / 2)] as Measured;
  return { ...middle, rounds: lines.length };
}
