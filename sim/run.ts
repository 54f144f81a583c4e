import { parseArgs } from "node:util";
import { addFailingSeed } from "./failing-seeds.ts";
import { createTally } from "./tally.ts";
import { runInProcesses } from "./workers.ts";

/**
 * `npm run sim -- --seeds N --from SEED [--minutes M] [--workers K] [--trace]`
 *
 * Runs N seeds from SEED on. Its last line is JSON: seeds, steps, faults by kind, failures. The
 * exit status is 0 only when every seed held.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    minutes: { type: "string", default: "0" },
    workers: { type: "string", default: "2" },
    /** Tells what happened in each seed, moment by moment. */
    trace: { type: "boolean", default: false },
  },
});

const seeds = wholeNumber("seeds", values.seeds);
const from = BigInt.asUintN(64, BigInt(values.from));
const minutes = Number(values.minutes);
if (!(minutes >= 0)) throw new Error(`--minutes wants a number, not "${values.minutes}"`);
const workers = Math.max(1, Math.min(seeds, wholeNumber("workers", values.workers)));

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} wants a whole number, not "${text}"`);
  return Number(text);
}

const startMs = performance.now();
const tally = createTally();
let told = 0;

await runInProcesses({
  ...{ seeds, from, workers, trace: values.trace },
  deadlineMs: minutes === 0 ? Number.POSITIVE_INFINITY : minutes * 60_000,
  onOutcome(outcome) {
    tally.add(outcome);
    if (values.trace) process.stderr.write(`${outcome.trace.join("\n")}\n`);
    if (outcome.failure !== null) {
      const { rule, what } = outcome.failure;
      const replay = `npm run sim -- --seeds 1 --from ${outcome.seed} --trace`;
      process.stderr.write(`seed ${outcome.seed} broke "${rule}": ${what}\n  ${replay}\n`);
      // A process that did not start says nothing of the seed.
      if (outcome.steps > 0) addFailingSeed(outcome.seed);
    }
    const seconds = (performance.now() - startMs) / 1_000;
    if (seconds < told + 10) return;
    told = seconds;
    process.stderr.write(`${tally.seeds()} of ${seeds} seeds, ${Math.round(seconds)} s\n`);
  },
});

const seconds = Math.round((performance.now() - startMs) / 100) / 10;
process.stdout.write(`${JSON.stringify({ from: values.from, ...tally.summary(), seconds })}\n`);
process.exitCode = tally.hasFailed() ? 1 : 0;
