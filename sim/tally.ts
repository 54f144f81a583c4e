import type { SeedReport } from "./workers.ts";

/** Sums up what many seeds did. */
export interface Tally {
  add(report: SeedReport): void;
  seeds(): number;
  hasFailed(): boolean;
  summary(): Summary;
}

export interface Summary {
  readonly seeds: number;
  readonly steps: number;
  readonly sales: number;
  readonly faults: Readonly<Record<string, number>>;
  /** The longest that a shop needed after its last fault, simulated milliseconds. */
  readonly slowestRestMs: number;
  readonly failures: readonly Failed[];
}

export interface Failed {
  readonly seed: string;
  readonly rule: string;
  readonly what: string;
  readonly replay: string;
}

export function createTally(): Tally {
  const faults = new Map<string, number>();
  const failures: Failed[] = [];
  let [seeds, steps, sales, slowestRestMs] = [0, 0, 0, 0];

  return {
    add(report) {
      seeds += 1;
      steps += report.steps;
      sales += report.sales;
      slowestRestMs = Math.max(slowestRestMs, report.restMs);
      for (const [kind, count] of Object.entries(report.faults)) {
        faults.set(kind, (faults.get(kind) ?? 0) + count);
      }
      if (report.failure === null) return;
      const { seed } = report;
      const replay = `npm run sim -- --seeds 1 --from ${seed} --trace`;
      failures.push({ seed, ...report.failure, replay });
    },
    seeds: () => seeds,
    hasFailed: () => failures.length > 0,
    summary: () => ({
      ...{ seeds, steps, sales, slowestRestMs, failures },
      faults: Object.fromEntries([...faults].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    }),
  };
}
