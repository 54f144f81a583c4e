import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("failing-seeds.json", import.meta.url);

/** Seeds that once failed; `sim.test.ts` runs each of them for ever. */
export function failingSeeds(): readonly string[] {
  return JSON.parse(readFileSync(file, "utf8")) as string[];
}

/** Keeps a seed that failed. Where the file may not be written the printed command is all there is. */
export function addFailingSeed(seed: string): void {
  const seeds = failingSeeds();
  if (seeds.includes(seed)) return;
  try {
    writeFileSync(file, `${JSON.stringify([...seeds, seed], null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`seed ${seed} could not be kept: ${String(error)}\n`);
  }
}
