import { afterEach, beforeEach, expect, it } from "vitest";
import { createInventoryService } from "../inventory-service.ts";
import { openStoreRig, rigAtMs, rigTillA, type StoreRig } from "../store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

it("[C5] [D1] a push that is answered again by a cloud that was started anew says where its word stands", async () => {
  const till = rig.till(rigTillA);
  const card = { account: "gift-card", accountId: "1234", reason: "" } as const;
  till.put("account.moved", { ...card, deltaMinor: 5_000 });
  const push = async () => {
    const service = createInventoryService({ store: rig.store, clock: { now: () => rigAtMs } });
    const caller = { storeId: rig.tills.storeId, terminalId: rigTillA };
    return (await service.push(caller, { ...till.push(1), protocol: 2 })).news;
  };
  const news = await push();
  expect(news).toBeGreaterThan(0);
  await rig.reopen();
  expect(await push()).toBe(news);
});
