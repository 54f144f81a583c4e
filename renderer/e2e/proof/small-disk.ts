import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk of its own that can be filled, made read-only, and be right again. */
export interface SmallDisk {
  /** The folder where it is mounted. */
  readonly place: string;
  /** Takes every byte that is left. */
  fill(): void;
  makeRoom(): void;
  readOnly(on: boolean): void;
  release(): void;
}

/** A tmpfs of `megabytes`; null, with the reason printed, where this user may not mount one. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const place = mkdtempSync(join(tmpdir(), "evertill-disk-"));
  mkdirSync(place, { recursive: true });
  const options = (more: string) => ["-o", more];
  try {
    run("mount", ["-t", "tmpfs", ...options(`size=${megabytes}m`), "tmpfs", place]);
  } catch {
    rmSync(place, { recursive: true });
    process.stderr.write("No tmpfs can be mounted by this user: no real small disk here.\n");
    return null;
  }
  const filler = join(place, "photos-of-the-holidays");
  return {
    place,
    fill() {
      for (const bytes of [1_048_576, 65_536, 4_096, 1]) takeAll(filler, bytes);
    },
    makeRoom: () => rmSync(filler, { force: true }),
    readOnly: (on) => run("mount", [...options(`remount,${on ? "ro" : "rw"}`), place]),
    release() {
      run("umount", ["-l", place]);
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function takeAll(file: string, bytes: number): void {
  const block = Buffer.alloc(bytes, 1);
  try {
    for (;;) writeFileSync(file, block, { flag: "a" });
  } catch {
    // Full to this block size.
  }
}

/** Makes files immutable, which meets even what the superuser has open. False where that is not allowed. */
export function freeze(files: readonly string[], on: boolean): boolean {
  try {
    run("chattr", [on ? "+i" : "-i", ...files]);
    return true;
  } catch {
    return false;
  }
}

/** Lets `pid` write no file beyond `bytes`: what a quota does, for any user. Null: as much as it likes. */
export function limitFileSize(pid: number, bytes: number | null): void {
  run("prlimit", ["--pid", String(pid), `--fsize=${bytes ?? "unlimited"}:`]);
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: "ignore" });
}
