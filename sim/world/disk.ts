import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a simulation keeps its files: in memory where the machine has such a place. */
export interface Disk {
  /** A path nobody had before. */
  fresh(name: string): string;
  /**
   * Copies a database as a power cut, or a disk image, would keep it: with its log, so that what
   * was not committed is not there when the copy is opened.
   */
  image(path: string, name: string): string;
  remove(path: string): void;
  end(): void;
}

const memory = "/dev/shm";

export function createDisk(): Disk {
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), "evertill-sim-"));
  let count = 0;
  const fresh = (name: string) => {
    count += 1;
    const own = join(folder, `${name}-${count}`);
    mkdirSync(own);
    return join(own, "database");
  };
  return {
    fresh,
    image(path, name) {
      const copy = fresh(name);
      copyFileSync(path, copy);
      if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
      return copy;
    },
    remove: (path) => rmSync(join(path, ".."), { recursive: true, force: true }),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
