import { expect, it } from "vitest";
import { forgetDaily } from "./forget-old.ts";

it("[D6] forgets at the start and once a day, what is older than the retention, until stopped", async () => {
  const dayMs = 24 * 3_600_000;
  let nowMs = 100 * dayMs;
  let next: (() => void) | null = null;
  const clock = {
    now: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs: number, task: () => void) {
      expect(delayMs).toBe(dayMs);
      next = task;
      return () => {
        next = null;
      };
    },
  };
  const asked: number[] = [];
  const service = {
    async forgetFeedBefore(beforeMs: number) {
      asked.push(beforeMs / dayMs);
      if (asked.length === 2) throw new Error("a full disk");
    },
  };
  const errors: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (event: string) => void errors.push(event) };
  const stop = forgetDaily({ service, clock, log, retentionMs: 30 * dayMs });
  for (let day = 0; day < 2; day++) {
    nowMs += dayMs;
    (next as (() => void) | null)?.();
  }
  await Promise.resolve();
  expect(asked).toEqual([70, 71, 72]);
  expect(errors).toEqual(["old feed entries not forgotten"]);
  stop();
  expect(next).toBeNull();
});
