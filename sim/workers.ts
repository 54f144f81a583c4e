import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./simulate.ts";

/** An outcome as it travels between processes. */
export type SeedReport = Omit<Outcome, "seed"> & { readonly seed: string };

export interface SeedRequest {
  readonly seed: string;
  readonly trace: boolean;
}

export interface Workload {
  readonly seeds: number;
  readonly from: bigint;
  readonly workers: number;
  readonly trace: boolean;
  /** No seed is begun after this. */
  readonly deadlineMs: number;
  readonly onOutcome: (report: SeedReport) => void;
}

/** A seed that takes longer hangs: no simulated day costs a minute. */
const longestSeedMs = 120_000;
const worker = fileURLToPath(new URL("worker.ts", import.meta.url));

/** Runs the seeds in processes of their own, each taking the next when it is done with one. */
export async function runInProcesses(workload: Workload): Promise<void> {
  const startMs = performance.now();
  let next = 0;
  const take = (): string | null => {
    const isOver = performance.now() - startMs > workload.deadlineMs;
    if (next >= workload.seeds || isOver) return null;
    next += 1;
    return BigInt.asUintN(64, workload.from + BigInt(next - 1)).toString();
  };
  await Promise.all(Array.from({ length: workload.workers }, () => runOne(workload, take)));
}

async function runOne({ trace, onOutcome }: Workload, take: () => string | null): Promise<void> {
  let child: ChildProcess | null = null;
  for (let seed = take(); seed !== null; seed = take()) {
    child ??= fork(worker, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const report = await ask(child, { seed, trace });
    onOutcome(report);
    // What hung or died is not asked again.
    if (report.failure?.rule === "no-exceptions") {
      child.kill("SIGKILL");
      child = null;
    }
  }
  child?.kill();
}

function ask(child: ChildProcess, request: SeedRequest): Promise<SeedReport> {
  return new Promise((resolve) => {
    const end = (report: SeedReport) => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(report);
    };
    const died = (what: string) => () => end(broken(request.seed, what));
    const timer = setTimeout(died("the simulation hangs"), longestSeedMs);
    child.once("message", (report) => end(report as SeedReport));
    child.once("exit", died("the simulation's process ended"));
    child.once("error", died("the simulation's process did not start"));
    child.send(request);
  });
}

function broken(seed: string, what: string): SeedReport {
  const failure = { rule: "no-exceptions", what };
  return { seed, steps: 0, faults: {}, sales: 0, restMs: 0, failure, trace: [] };
}
