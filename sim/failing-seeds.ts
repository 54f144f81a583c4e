import { appendFileSync, readFileSync } from "node:fs";

const file = new URL("failing-seeds.txt", import.meta.url);

/** Seeds that once failed; `sim.test.ts` runs each of them for ever. */
export function failingSeeds(): readonly string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => /^\d+$/.test(line));
}

/** Keeps a seed that failed. Where the file may not be written the printed command is left. */
export function addFailingSeed(seed: string): void {
  if (failingSeeds().includes(seed)) return;
  try {
    appendFileSync(file, `${seed}\n`);
  } catch (error) {
    process.stderr.write(`seed ${seed} could not be kept: ${String(error)}\n`);
  }
}
