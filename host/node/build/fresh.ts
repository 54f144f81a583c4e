import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { takeFolderLock } from "../folder-lock.ts";

/** The folder that holds package.json. */
export const houseRoot = join(import.meta.dirname, "..", "..", "..");

/** Something that is built from sources into one folder. */
export interface Product {
  readonly name: string;
  /** Folders and files from the house's root; tests in them do not count. */
  readonly sources: readonly string[];
  /** The folder it is built into, from the house's root. */
  readonly output: string;
  /** Builds everything into `folder`, which is new and empty. */
  readonly build: (folder: string) => Promise<void>;
}

const stampName = ".built-from";

/**
 * Builds `product` when what stands there was made from other sources, and says so before. Several
 * programs may ask at once: one builds, the others wait. A copy without sources (an installed program)
 * is taken as it is. Returns the output's folder.
 */
export async function ensureFresh(product: Product, say: (text: string) => void): Promise<string> {
  const output = join(houseRoot, product.output);
  const sources = hashOf(product.sources);
  if (sources === null || isMadeFrom(output, sources)) return output;

  mkdirSync(join(houseRoot, ".cache"), { recursive: true });
  const lockFile = join(houseRoot, ".cache", `${product.name}.lock`);
  let lock = takeFolderLock(lockFile);
  while (lock === null) {
    await pause(100);
    lock = takeFolderLock(lockFile);
  }
  try {
    if (isMadeFrom(output, sources)) return output;
    say(`Building ${product.name} …`);
    await buildAndSwap(product, output, sources);
    return output;
  } finally {
    lock.release();
  }
}

/** A till that is running keeps its pages until the new ones are whole. */
async function buildAndSwap(product: Product, output: string, sources: string): Promise<void> {
  const fresh = join(houseRoot, ".cache", `${product.name}-new`);
  const old = join(houseRoot, ".cache", `${product.name}-old`);
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await product.build(fresh);
  writeFileSync(join(fresh, stampName), sources);
  mkdirSync(dirname(output), { recursive: true });
  if (existsSync(output)) renameSync(output, old);
  renameSync(fresh, output);
  rmSync(old, { recursive: true, force: true });
}

function isMadeFrom(output: string, sources: string): boolean {
  const stamp = join(output, stampName);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sources;
}

/** One hash over names and contents; null when the sources are not here. */
function hashOf(sources: readonly string[]): string | null {
  const hash = createHash("sha256");
  for (const source of sources) {
    const files = filesOf(source);
    if (files.length === 0) return null;
    for (const file of files) hash.update(file).update(readFileSync(join(houseRoot, file)));
  }
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  const full = join(houseRoot, path);
  const found = statSync(full, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return found === undefined ? [] : [path];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(houseRoot.length + 1))
    .filter((file) => !/[\\/](dist|e2e)[\\/]|\.test\.tsx?$|\.md$/.test(file))
    .toSorted();
}
