import { copyFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { type CloudTill, openCloudTill } from "./test-cloud-till.ts";

let opened: CloudTill;

const open = async () => (opened = await openCloudTill(20_261_123));
afterEach(() => opened.till.close());

it("[D3] a till put back that hears that it had closed its shift sells in it no more", async () => {
  const { till, cloud, stepUntil, untilProved } = await open();
  const copy = `${till.ledgerPath}.copy`;
  await till.do("cart.add-product", { sku: "bread" });
  await till.do("tender.cash", { amountMinor: 420 });
  await till.restart(() => copyFileSync(till.ledgerPath, copy));
  await till.do("shift.count", { countedMinor: 420, denominations: [] });
  await till.do("shift.close", {});
  await untilProved();
  const closed = cloud.chain(1).filter(({ body }) => body.includes('"shift.c'));
  expect(closed).toHaveLength(2);
  await till.restart(() => {
    copyFileSync(copy, till.ledgerPath);
    // The feed of the store tells the till's own facts too.
    cloud.publish(...closed.map(({ body }) => ({ kind: "fact" as const, body })));
  });
  await stepUntil(async () => (await till.do("sync.view", {})).cursor === 2);
  const view = await till.do("register.view", {});
  expect(view.shift).toBeNull();
});
