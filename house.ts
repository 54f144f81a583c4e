import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The folder that holds package.json. */
export const houseRoot = import.meta.dirname;

const notOurs = new Set(
  "node_modules dist .git .cache artifacts test-results release data-local".split(" "),
);

/** Every file of the project as a path from its root with forward slashes, sorted. Nothing built or fetched. */
export function houseFiles(folder = ""): string[] {
  return readdirSync(join(houseRoot, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? houseFiles(path) : [path];
    })
    .toSorted();
}

/** True for a file that tsc, the linter and the layers test read. */
export function isSource(path: string): boolean {
  return /\.(ts|tsx|mts|mjs)$/.test(path) && !path.endsWith(".d.ts");
}
