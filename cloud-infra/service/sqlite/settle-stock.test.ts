import { afterEach, beforeEach, expect, it } from "vitest";
import type { AnyFact } from "../../../domain/facts/fact.ts";
import { subjectOf } from "../../../domain/stock/decision.ts";
import { stockOf } from "../../../domain/stock/stock-of.ts";
import { openOf } from "../catalogue-rig.ts";
import { openStoreRig, rigTillA, rigTillB, type SendingTill, type StoreRig } from "../store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

const milkCounted = {
  lines: [{ sku: "milk", countedMilli: 8_000, expectedMilli: 0 }],
  countedAtMs: 1,
  applied: [],
};

/** The cloud's level is the rule's, and nobody is asked. */
async function milkIsAsByTheRule(...tills: readonly SendingTill[]): Promise<number | undefined> {
  const facts = tills.flatMap((till) => till.facts.map(({ body }) => JSON.parse(body) as AnyFact));
  const levelMilli = stockOf({ facts, storeMovements: [] }).get("milk")?.levelMilli;
  expect(await rig.store.stock(rig.tills.storeId, ["milk"])).toEqual([{ sku: "milk", levelMilli }]);
  expect(await openOf(rig.store, rig.tills, "count-uncertain")).toEqual([]);
  return levelMilli;
}

it.each([false, true])(
  "[C2] an answer that comes with the movement it speaks of decides it (in one batch: %s)",
  async (isOneBatch) => {
    const counter = rig.till(rigTillA);
    const seller = rig.till(rigTillB);
    const countId = counter.put("stock.counted", milkCounted);
    await counter.send();
    seller.sell(["milk"]);
    if (!isOneBatch) await seller.send();
    const subject = subjectOf({ countId, terminalId: rigTillB, sku: "milk" });
    const answer = { exceptionId: "1", kind: "count-uncertain", subject } as const;
    const through = { epoch: 1, seq: 1 };
    seller.put("exception.resolved", { ...answer, through, resolution: "before" });
    await seller.send();
    expect(await milkIsAsByTheRule(counter, seller)).toBe(8_000);
  },
);

it("[C2] [L1] a reading that comes late, in an older epoch, is what comes behind it read by", async () => {
  const counter = rig.till(rigTillA);
  counter.put("clock.measured", { skewMs: 0, uncertaintyMs: 50 });
  for (let i = 0; i < 50; i++) counter.write("drawer.no-sale", { reason: "" });
  counter.put("stock.counted", milkCounted);
  await counter.send();
  const before = rig.till(rigTillB);
  before.write("drawer.no-sale", { reason: "" });
  await before.send();
  // The hub alone has it yet.
  before.put("clock.measured", { skewMs: 0, uncertaintyMs: 50 });
  const seller = rig.till(rigTillB, 2);
  seller.sell(["milk"]);
  await seller.send();
  expect(await openOf(rig.store, rig.tills, "count-uncertain")).toHaveLength(1);
  await before.send();
  await milkIsAsByTheRule(counter, before, seller);
});

it("[C1] a count that comes after what was sold since tells of a good below zero, once", async () => {
  const seller = rig.till(rigTillA);
  const counter = rig.till(rigTillB);
  counter.put("clock.measured", { skewMs: 0, uncertaintyMs: 50 });
  counter.put("stock.counted", {
    ...milkCounted,
    lines: [{ sku: "milk", countedMilli: 2_000, expectedMilli: 0 }],
  });
  seller.put("clock.measured", { skewMs: 0, uncertaintyMs: 50 });
  for (let i = 0; i < 50; i++) seller.write("drawer.no-sale", { reason: "" });
  for (let i = 0; i < 3; i++) seller.sell(["milk"]);
  await seller.send();
  expect(await openOf(rig.store, rig.tills, "oversold")).toEqual([]);
  await counter.send();
  expect(await milkIsAsByTheRule(counter, seller)).toBe(-1_000);
  const detail = { sku: "milk", deltaMilli: -3_000, levelMilli: -1_000 };
  expect(await openOf(rig.store, rig.tills, "oversold")).toMatchObject([
    { times: 1, told: { detail } },
  ]);
});
