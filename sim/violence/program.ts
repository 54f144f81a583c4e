import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { houseRoot } from "../../host/node/build/fresh.ts";

/** One program of the house as a child, to be killed, stopped and slowed at any instant. */
export interface Program {
  readonly pid: number;
  /** Its ready line, as it came. */
  readonly ready: unknown;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL: it is told nothing and saves nothing. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves with how it ended: an exit code or a signal's name. */
  readonly gone: Promise<string>;
  isRunning(): boolean;
}

export interface ProgramWish {
  /** Below the house's root. */
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** What it says on stderr goes here. */
  readonly logFile: string;
  /** Its wall clock jumps by what stands in this file, in milliseconds; see jumping-clock.ts. */
  readonly clockFile: string | null;
}

const clockVariable = "EVERTILL_VIOLENCE_CLOCK";
const jumpingClock = pathToFileURL(join(import.meta.dirname, "jumping-clock.ts")).href;
const running = new Set<ChildProcess>();

// Whoever ends without stopping its programs takes them along.
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/**
 * Starts a program and waits for its ready line. Rejects with its last words when it ends before.
 */
export async function startProgram(wish: ProgramWish): Promise<Program> {
  const clock = wish.clockFile;
  const log = openSync(wish.logFile, "a");
  const child = spawn(
    process.execPath,
    [
      ...(clock === null ? [] : ["--import", jumpingClock]),
      join(houseRoot, wish.file),
      ...wish.args,
    ],
    {
      cwd: houseRoot,
      env: { ...process.env, ...wish.env, ...(clock === null ? {} : { [clockVariable]: clock }) },
      stdio: ["ignore", "pipe", log],
    },
  ) as ChildProcess & { readonly stdout: Readable };
  closeSync(log);
  running.add(child);
  const gone = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
  });
  void gone.then(() => running.delete(child));
  const ready = await new Promise<unknown>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve(JSON.parse(line)));
    void gone.then((how) => {
      const said = readFileSync(wish.logFile, "utf8").slice(-2_000);
      reject(new Error(`${wish.file} ended (${how}) before it was ready:\n${said}`));
    });
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    ready,
    gone,
    isRunning,
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
