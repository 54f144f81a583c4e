import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { isFinal } from "../exit-codes.ts";
import { type Heartbeat, watchHeartbeat } from "./heartbeat.ts";

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
  /** True for a program that a person ends: closing its window is not a death. */
  readonly endsByItself?: boolean;
  /**
   * One that says nothing for so long, though it is asked through leave-with-parent.ts, hangs: it is killed and
   * started again. Without it nobody asks.
   */
  readonly patienceMs?: number;
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
  /** A person ended it, or it ended in a way that starting it again cannot mend. */
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

interface End {
  readonly code: number | null;
  readonly how: string;
  /** The size of its log when it began to live. */
  readonly saidBefore: number;
}

/** Starts the program, and again each time it dies, with a growing pause, until `stop`. */
export function supervise(program: ChildProgram, events: SupervisionEvents): Supervised {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = firstPauseMs;
  let stopping = false;
  let wasReady = false;
  let heartbeat: Heartbeat | null = null;
  const { promise: ready, resolve, reject } = Promise.withResolvers<unknown>();
  // Whoever waits for it hears of it; nobody waiting is no crash of the launcher.
  ready.catch(() => {});

  function start(): void {
    timer = null;
    const startedAt = performance.now();
    const saidBefore = startLog(program.logFile);
    child = launch(program);
    onLines(child, (line) => {
      heartbeat?.heard();
      if (!program.isReady(line)) return;
      heartbeat ??= listenTo(child);
      if (wasReady) {
        events.say(`${capital(program.title)} is back.`);
        events.onReadyAgain?.(line);
      }
      wasReady = true;
      resolve(line);
    });
    child.once("error", (error) => ended({ code: null, how: error.message, saidBefore }));
    child.once("exit", (code, signal) => {
      if (performance.now() - startedAt > steadyMs) pauseMs = firstPauseMs;
      ended({ code, how: signal ?? `exit code ${code}`, saidBefore });
    });
  }

  /** What hangs without dying is noticed here; its death is then like any other. */
  function listenTo(it: ChildProcess | null): Heartbeat | null {
    const { patienceMs } = program;
    if (it === null || patienceMs === undefined) return null;
    return watchHeartbeat({
      patienceMs,
      ask: () => void it.stdin?.write("\n"),
      onSilent() {
        const seconds = Math.round(patienceMs / 1000);
        events.say(`${capital(program.title)} has not answered for ${seconds} s. It is ended.`);
        it.kill("SIGKILL");
      },
    });
  }

  /** A disk that refuses even the log must not end the launcher, and with it the programs that live. */
  function startAgain(): void {
    try {
      start();
    } catch (error) {
      events.say(`${capital(program.title)} could not be started again: ${String(error)}`);
      timer = setTimeout(startAgain, longestPauseMs);
    }
  }

  function ended({ code, how, saidBefore }: End): void {
    if (child === null) return;
    child = null;
    heartbeat?.stop();
    heartbeat = null;
    if (stopping) return;
    if (!wasReady) {
      const why = lastWords(program.logFile, saidBefore) || `See ${program.logFile}`;
      const message = `${capital(program.title)} did not start (${how}). ${why}`;
      reject(new ChildFailedError(message, code));
      return;
    }
    if (isFinal(code) || (code === 0 && program.endsByItself === true)) {
      events.onEnd?.(code);
      return;
    }
    const pause = `${(pauseMs / 1000).toLocaleString("en", { maximumFractionDigits: 2 })} s`;
    events.say(`${capital(program.title)} stopped (${how}). It starts again in ${pause}.`);
    timer = setTimeout(startAgain, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  start();
  return {
    ready,
    pid: () => child?.pid ?? null,
    async stop() {
      stopping = true;
      heartbeat?.stop();
      if (timer !== null) clearTimeout(timer);
      if (child !== null) await sayGoodbye(child);
    },
  };
}

/** Makes room for the program's words. The size of what is there already. */
function startLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= logKeptBytes) return size;
  truncateSync(file);
  return 0;
}

function launch(program: ChildProgram): ChildProcess {
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

/** The end of what the program said on stderr in this life. */
function lastWords(logFile: string, fromByte: number): string {
  const said = readFileSync(logFile).subarray(fromByte).toString("utf8").trim();
  return said.split("\n").slice(-12).join("\n").slice(-2_000);
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
