import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, statSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { isFinal } from "../exit-codes.ts";

/** A program that the launcher starts and keeps running. */
export interface ChildProgram {
  /** As people call it, with its article: "the store server". */
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** What it says on stderr goes here. */
  readonly logFile: string;
  /** True for the line of JSON on stdout by which the program says that it is ready. */
  readonly isReady: (line: unknown) => boolean;
}

export interface Supervised {
  /** The first ready line. Rejects with `ChildFailedError` when the program ends before it. */
  readonly ready: Promise<unknown>;
  pid(): number | null;
  /** Asks it to end, and ends it after a while. */
  stop(): Promise<void>;
}

export interface SupervisionEvents {
  /** A sentence for the person at the terminal. */
  readonly say: (sentence: string) => void;
  /** Ready again after it died. */
  readonly onReadyAgain?: (line: unknown) => void;
  /** It ended in a way that is not to be mended by starting it again, or ended well by itself. */
  readonly onEnd?: (code: number | null) => void;
}

/** A program ended before it was ready. `code` is its exit code, if it had one. */
export class ChildFailedError extends Error {
  override readonly name = "ChildFailedError";
  readonly code: number | null;
  constructor(message: string, code: number | null) {
    super(message);
    this.code = code;
  }
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** After so long a life the next death is a new story. */
const steadyMs = 30_000;
const goodbyeMs = 6_000;
const logKeptBytes = 5_000_000;

/** Starts the program, and again each time it dies, with a growing pause, until `stop`. */
export function supervise(program: ChildProgram, events: SupervisionEvents): Supervised {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = firstPauseMs;
  let stopping = false;
  let wasReady = false;
  const { promise: ready, resolve, reject } = Promise.withResolvers<unknown>();
  // Whoever waits for it hears of it; nobody waiting is no crash of the launcher.
  ready.catch(() => {});

  function start(): void {
    timer = null;
    const startedAt = performance.now();
    child = launch(program);
    onLines(child, (line) => {
      if (!program.isReady(line)) return;
      if (wasReady) events.onReadyAgain?.(line);
      wasReady = true;
      resolve(line);
    });
    child.once("error", (error) => ended(null, error.message));
    child.once("exit", (code, signal) => {
      if (performance.now() - startedAt > steadyMs) pauseMs = firstPauseMs;
      ended(code, signal ?? `exit code ${code}`);
    });
  }

  function ended(code: number | null, how: string): void {
    if (child === null) return;
    child = null;
    if (stopping) return;
    if (!wasReady) {
      const seeLog = `See ${program.logFile}`;
      reject(
        new ChildFailedError(`${capital(program.title)} did not start (${how}). ${seeLog}`, code),
      );
      return;
    }
    if (code === 0 || isFinal(code)) {
      events.onEnd?.(code);
      return;
    }
    const pause = `${(pauseMs / 1000).toLocaleString("en", { maximumFractionDigits: 2 })} s`;
    events.say(`${capital(program.title)} stopped (${how}). It starts again in ${pause}.`);
    timer = setTimeout(start, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  start();
  return {
    ready,
    pid: () => child?.pid ?? null,
    async stop() {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      if (child !== null) await sayGoodbye(child);
    },
  };
}

function launch(program: ChildProgram): ChildProcess {
  mkdirSync(dirname(program.logFile), { recursive: true });
  if ((statSync(program.logFile, { throwIfNoEntry: false })?.size ?? 0) > logKeptBytes) {
    truncateSync(program.logFile);
  }
  const log = openSync(program.logFile, "a", 0o600);
  try {
    return spawn(program.command, program.args, {
      env: program.env ?? process.env,
      // stdin stays open for as long as this process lives: see leave-with-parent.ts.
      stdio: ["pipe", "pipe", log],
      // Ctrl+C is for the launcher, which then stops them in order.
      detached: process.platform !== "win32",
    });
  } finally {
    closeSync(log);
  }
}

function onLines(child: ChildProcess, heard: (line: unknown) => void): void {
  if (child.stdout === null) return;
  createInterface({ input: child.stdout }).on("line", (line) => {
    try {
      heard(JSON.parse(line));
    } catch {
      // Not a line of ours.
    }
  });
  // A program that dies while it is written to must not take the launcher along.
  child.stdin?.on("error", () => {});
}

function sayGoodbye(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), goodbyeMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    // The same words on every system: see leave-with-parent.ts. Windows knows no polite signal.
    child.stdin?.end();
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
