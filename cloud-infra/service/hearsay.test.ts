import { afterEach, beforeEach, expect, it } from "vitest";
import { demoStore } from "../local/demo-store.ts";
import { enrolTill } from "./stock-rig.ts";
import { openStoreRig, rigTillA, rigTillB, type StoreRig } from "./store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

it("[H6] [A3] a till that asks where facts are held hears of its own store's, by their first place", async () => {
  const { service } = rig;
  const { storeId } = rig.tills;
  const seller = rig.till(rigTillA);
  const id = seller.put("drawer.no-sale", { reason: "change" });
  await seller.send();
  const again = rig.till(rigTillA, 2);
  again.rewrite(seller.facts[0] as never);
  await service.push({ storeId, terminalId: rigTillA }, { ...again.push(1), protocol: 2 });

  const { settings } = await demoStore();
  await rig.store.createStore({ ...settings, storeId: "another" }, []);
  const stranger = "0195d000-0000-7000-8000-00000000c003";
  await enrolTill(rig.store, "another", stranger);

  const unheard = "0195d000-0000-7000-8000-00000000ffff";
  const held = { epoch: 1, seq: 0, hash: "0".repeat(64) };
  const query = { after: 0, limit: 10, held, protocol: 2, hearsay: [id, unheard] };
  const page = await service.changes({ storeId, terminalId: rigTillB }, query);
  expect(page.places).toEqual([{ id, terminalId: rigTillA, epoch: 1, seq: 1 }]);
  const elsewhere = await service.changes({ storeId: "another", terminalId: stranger }, query);
  expect(elsewhere.places).toEqual([]);
  const { hearsay: _, ...nothing } = query;
  const unasked = await service.changes({ storeId, terminalId: rigTillB }, nothing);
  expect(unasked.places).toBeUndefined();
});
