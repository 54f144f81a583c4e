import { mkdirSync } from "node:fs";
import { limitFileSize, smallDisk } from "../../renderer/e2e/proof/small-disk.ts";

/** Where one program keeps its data, and how that place gets full. */
export interface Disk {
  readonly place: string;
  /** Takes every byte that is left: really, or by the quota of `pid`. */
  fill(pid: number): void;
  makeRoom(pid: number): void;
  /** A mounted disk, or a plain folder whose programs are given a quota. */
  readonly kind: "mounted" | "quota";
  release(): void;
}

const megabytes = 256;

/** A small disk of its own where this user may mount one; else the folder `otherwise`. */
export function openDisk(otherwise: string): Disk {
  const mounted = smallDisk(megabytes);
  if (mounted !== null) {
    const { place } = mounted;
    const release = () => {
      process.off("exit", release);
      mounted.release();
    };
    // Whoever ends in the middle leaves no mount behind.
    process.once("exit", release);
    return {
      kind: "mounted",
      place,
      fill: () => mounted.fill(),
      makeRoom: () => mounted.makeRoom(),
      release,
    };
  }
  mkdirSync(otherwise, { recursive: true });
  return {
    kind: "quota",
    place: otherwise,
    fill: (pid) => limitFileSize(pid, 0),
    makeRoom: (pid) => limitFileSize(pid, null),
    release() {},
  };
}
