import { afterEach, beforeEach, expect, it } from "vitest";
import { createInventoryService } from "./inventory-service.ts";
import { openStoreRig, rigAtMs, rigTillA, type StoreRig } from "./store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

it.each([{ first: "past" }, { first: "now" }] as const)(
  "[R2] [R3] a till that sends the end of a closed epoch again is no clone ($first first)",
  async ({ first }) => {
    const service = createInventoryService({ store: rig.store, clock: { now: () => rigAtMs } });
    const caller = { storeId: rig.tills.storeId, terminalId: rigTillA };
    const closed = rig.till(rigTillA);
    closed.sell(["milk"]);
    closed.sell(["milk"]);
    const open = rig.till(rigTillA, 2);
    open.sell(["tea"]);
    // What the backup had: the first sale, by the ledger as it was named in its first epoch.
    await service.push(caller, { ...closed.push(1, 1), protocol: 2, ledgerId: "first" });
    // The till is in its second epoch, and its ledger has another id since.
    const send = {
      past: () => service.push(caller, { ...closed.push(2), protocol: 2, ledgerId: "second" }),
      now: () => service.push(caller, { ...open.push(1), protocol: 2, ledgerId: "second" }),
    };
    await send[first]();
    await send[first === "past" ? "now" : "past"]();
    const told = await rig.store.exceptions(rig.tills.storeId, 9);
    expect(told.map(({ kind }) => kind)).not.toContain("cloned");
  },
);
