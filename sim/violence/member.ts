import { writeFileSync } from "node:fs";
import type { Disk } from "./disk.ts";
import type { Program } from "./program.ts";

/** A program of the shop that holds a database, with the machine it runs on. */
export interface Member {
  /** "till 1", "store server" */
  readonly name: string;
  /** SQLite's file. Its log lies beside it. */
  readonly database: string;
  readonly disk: Disk;
  readonly clock: JumpingClock;
  program(): Program;
  /** Starts it again on the same data and the same port, and waits until it is ready. */
  start(): Promise<void>;
}

/** The wall clock of one program: the machine's, and so many milliseconds beside it. */
export interface JumpingClock {
  readonly file: string;
  offsetMs(): number;
  /** Takes effect at once in a running program, and at the start of the next one. */
  set(offsetMs: number, running: Program | null): void;
}

export function createClock(file: string): JumpingClock {
  let offset = 0;
  writeFileSync(file, "0\n");
  return {
    file,
    offsetMs: () => offset,
    set(offsetMs, running) {
      offset = offsetMs;
      writeFileSync(file, `${offsetMs}\n`);
      running?.signal("SIGUSR2");
    },
  };
}
