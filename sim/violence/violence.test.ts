import { expect, it } from "vitest";
import { faultKinds, needsStrace } from "./faults.ts";
import { commitViolence } from "./rounds.ts";
import { whyNoStrace } from "./strace.ts";

const seed = 20_261_123n;
const rounds = 12;

it(`[F1] [F6] [U2] [U3] [U5] ${rounds} rounds of violence lose nothing and double nothing (seed ${seed})`, async () => {
  const said: string[] = [];
  const report = await commitViolence({
    ...{ seed, rounds, tills: 1, proveEvery: 3, only: [] },
    say: (line) => said.push(line),
  });
  expect(report.failures.length === 0 ? [] : said).toEqual([]);
  expect(report.rounds).toBe(rounds);
  expect(report.sales).toBeGreaterThan(rounds);
  // Every kind comes once before any comes again.
  expect(Object.keys(report.faults)).toHaveLength(Math.min(rounds, faultKinds.length));
  const without = faultKinds.filter(needsStrace).length;
  expect(report.skipped).toHaveLength(whyNoStrace() === null ? 0 : 1);
  expect(without).toBe(2);
}, 180_000);
