import { expect, it } from "vitest";
import { genesisHash } from "../../domain/facts/chain.ts";
import { createBatchSize } from "./batch-size.ts";
import { createSelling } from "./selling.ts";
import { usualTuning } from "./tuning.ts";

it("[U6] [L2] while somebody sells a batch is small, so that packing it keeps nobody waiting", () => {
  let seq = 20_000;
  let nowMs = 5_000;
  const ledger = { head: () => ({ epoch: 1, seq, hash: genesisHash }) };
  const clock = { now: () => nowMs, monotonicMs: () => nowMs, after: () => () => undefined };
  const selling = createSelling({ ledger, clock }, usualTuning);
  const size = createBatchSize({ ...usualTuning, firstBatchCount: 1_000 }, () => selling.isNow());
  selling.look();
  expect([size.limits().maxCount, size.mostUnderWay()]).toEqual([1_000, 2]);

  seq += 2;
  selling.look();
  expect(size.limits().maxCount).toBe(usualTuning.sellingBatchCount);
  expect(size.mostUnderWay()).toBe(1);
  size.answered({ count: 80, bytes: 9_000, tookMs: 400 });
  expect(size.mostUnderWay(), "a slow line is kept busy").toBe(2);
  nowMs += usualTuning.sellingMs;
  expect(size.limits().maxCount).toBe(1_000);

  seq += 10_000;
  selling.look();
  expect(size.limits().maxCount, "a program wrote these").toBe(1_000);
});
