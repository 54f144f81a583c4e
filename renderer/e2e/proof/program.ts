import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const root = join(import.meta.dirname, "..", "..", "..");
export const node = join(root, "node_modules", ".bin", "node");

/** A program of the house as a child of the test, so that it can be killed at any instant. */
export interface Program<Ready> {
  readonly pid: number;
  /** Its ready line. */
  readonly ready: Ready;
  /** What it said on stderr so far. */
  said(): string;
  /** SIGKILL: it is told nothing and saves nothing. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as an orderly end. */
  stop(): Promise<void>;
  /** Its exit code when it ends; null when a signal ended it. */
  readonly gone: Promise<number | null>;
}

/** A program that ended before it was ready: its exit code, and what it said to the person. */
export class EndedEarly extends Error {
  override readonly name = "EndedEarly";
  readonly code: number | null;
  readonly said: string;
  constructor(file: string, code: number | null, said: string) {
    super(`${file} ended with ${String(code)} before it was ready:\n${said}`);
    this.code = code;
    this.said = said;
  }
}

/** Starts `node file args…` and waits for its ready line. Rejects with `EndedEarly`. */
export async function startProgram<Ready>(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Program<Ready>> {
  const child = spawn(node, [join(root, file), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const gone = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) =>
      resolve(JSON.parse(line) as Ready),
    );
    void gone.then((code) => reject(new EndedEarly(file, code, said)));
  });
  const end = async (signal: NodeJS.Signals) => {
    if (isRunning(child)) child.kill(signal);
    await gone;
  };
  return {
    pid: child.pid ?? 0,
    ready,
    said: () => said,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    gone,
  };
}

/** Runs `node file args…` to its end. */
export async function runProgram(
  file: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly out: string; readonly said: string }> {
  const child = spawn(node, [join(root, file), ...args], { cwd: root });
  let out = "";
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out, said };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
