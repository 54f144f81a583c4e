import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";

/** What a write that is on the disk costs here, with nothing around it. */
export interface Disk {
  /** Milliseconds of one append with `fdatasync`. */
  append(): number;
  close(): void;
}

/** About as long as a sale's fact. */
const appendBytes = 1_400;

export function openDisk(path: string): Disk {
  const file = openSync(path, "w");
  const bytes = Buffer.alloc(appendBytes, 0x61);
  return {
    append() {
      const began = performance.now();
      writeSync(file, bytes);
      fdatasyncSync(file);
      return performance.now() - began;
    },
    close: () => closeSync(file),
  };
}
