import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What was measured of a peer: one line of JSON. */
export interface Measured {
  readonly peer: string;
  readonly what: "insert" | "drain" | "pull-sales" | "pull-products" | "poison";
  readonly count: number;
  readonly perSecond?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly note?: string;
  readonly version?: string;
}

export function say(measured: Measured): void {
  console.log(JSON.stringify(measured));
}

export function folder(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `peer-${name}-`));
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs `step` for 1 … `count` and takes each one's time. */
export async function timed(count: number, step: (n: number) => unknown) {
  const samples: number[] = [];
  const began = performance.now();
  for (let n = 1; n <= count; n++) {
    const start = performance.now();
    await step(n);
    samples.push(performance.now() - start);
  }
  const perSecond = Math.round((1_000 * count) / (performance.now() - began));
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (q: number) => Number((sorted[Math.floor(sorted.length * q)] ?? 0).toFixed(3));
  return { count, perSecond, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** Runs `work`, which answers how many it did. */
export async function rate(work: () => Promise<number>) {
  const began = performance.now();
  const count = await work();
  return { count, perSecond: Math.round((1_000 * count) / (performance.now() - began)) };
}

export interface Server {
  /** Where its data are. */
  readonly data: string;
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server of this folder in its own process; it says its port and ends with its stdin. */
export function startServer(script: string, ...args: string[]): Promise<Server> {
  const file = join(import.meta.dirname, script);
  const data = folder("server");
  const child = spawn(process.execPath, [file, data, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code}`)));
    child.stdout.once("data", (said: Buffer) => {
      const port = Number(said.toString().trim());
      const stop = () =>
        new Promise<void>((done) => {
          child.once("exit", () => done());
          child.kill("SIGTERM");
        });
      resolve({ data, port, url: `http://127.0.0.1:${port}`, stop });
    });
  });
}

/** For a server's own file: says the port and ends when its starter does. */
export function serving(port: number): void {
  console.log(port);
  process.on("SIGTERM", () => process.exit(0));
  process.stdin.on("end", () => process.exit(0));
  process.stdin.resume();
}

export function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  for (let at = dirname(require.resolve(name)); at !== dirname(at); at = dirname(at)) {
    try {
      const found = JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as {
        name?: string;
        version?: string;
      };
      if (found.name === name) return found.version ?? "?";
    } catch {
      // Not the package's own folder yet.
    }
  }
  return "?";
}
