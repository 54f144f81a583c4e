import { afterEach, beforeEach, expect, it } from "vitest";
import type { FactPosition } from "../../../domain/facts/fact.ts";
import { enrolTill } from "../stock-rig.ts";
import { openStoreRig, rigAtMs, rigTillA, rigTillB, type StoreRig } from "../store-rig.ts";

/** What pages are asked for, and what they may come to with what they refer to. */
const maxBytes = 700_000;
const mostBytes = 1_000_000;

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

/** Twenty more tills whose clocks are known: every level refers to all of them. */
async function manyTills(): Promise<FactPosition[]> {
  const heads: FactPosition[] = [];
  for (let i = 10; i < 30; i++) {
    const terminalId = `0195d000-0000-7000-8000-0000000100${i}`;
    await enrolTill(rig.store, rig.tills.storeId, terminalId);
    const till = rig.till(terminalId);
    till.put("clock.measured", { skewMs: 0, uncertaintyMs: 50 });
    await till.send();
    heads.push({ terminalId, epoch: 1, seq: 1 });
  }
  return heads;
}

const sizeOf = (texts: readonly { readonly text: string }[]) =>
  texts.reduce((sum, { text }) => sum + text.length, 0);

it("[D1] a page stays small whatever its changes of stock refer to", {
  timeout: 60_000,
}, async () => {
  const applied = await manyTills();
  const skus = Array.from({ length: 600 }, (_, i) => `sku-${i}`);
  const seller = rig.till(rigTillB);
  seller.put("clock.measured", { skewMs: 0, uncertaintyMs: 50 });
  for (let i = 0; i < skus.length; i += 50) seller.sell(skus.slice(i, i + 50));
  await seller.send();
  const counter = rig.till(rigTillA);
  const lines = skus.map((sku) => ({ sku, countedMilli: 5_000, expectedMilli: 0 }));
  counter.put("stock.counted", { lines, countedAtMs: rigAtMs, applied });
  await counter.send();
  const query = { storeId: rig.tills.storeId, limit: 2_000, maxBytes, without: null };
  const goods = new Set<string>();
  for (let [after, upTo] = [0, 1]; after < upTo; ) {
    const page = await rig.store.changes({ ...query, after });
    expect(sizeOf(page.changes)).toBeLessThanOrEqual(mostBytes);
    for (const { kind, text } of page.changes) {
      if (kind === "stock") for (const [sku] of text.matchAll(/sku-\d+/g)) goods.add(sku);
    }
    [after, upTo] = [page.cursor, page.upTo];
  }
  expect(goods.size).toBe(skus.length);
});

it("[D2] a snapshot's page stays small whatever its levels refer to", {
  timeout: 60_000,
}, async () => {
  const applied = await manyTills();
  const counter = rig.till(rigTillA);
  for (let i = 0; i < 1_500; i++) {
    const lines = [{ sku: `sku-${i}`, countedMilli: 5_000, expectedMilli: 0 }];
    counter.put("stock.counted", { lines, countedAtMs: rigAtMs + i, applied });
  }
  await counter.send();
  const query = { storeId: rig.tills.storeId, limit: 2_000, maxBytes };
  let pages = 0;
  for (let after: string | null = null; after !== null || pages === 0; pages++) {
    const page = await rig.store.snapshot({ ...query, after });
    expect(page.outcome).toBe("page");
    expect(sizeOf(page.sections)).toBeLessThanOrEqual(mostBytes);
    after = page.next;
  }
});
