import { afterEach, beforeEach, expect, it } from "vitest";
import { openStoreRig, rigTillA, type StoreRig } from "../store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

const kindsTold = async () => {
  const told = await rig.store.exceptions(rig.tills.storeId, 10);
  return told.map(({ kind }) => kind);
};

it("[R1] a number given twice is told of whichever epoch arrives first", async () => {
  const lost = rig.till(rigTillA);
  lost.sell(["milk"]);
  await lost.send();
  // Number 2, which only the hub has.
  lost.sell(["milk"]);
  // Put back from a copy of after the first sale: a new epoch, and number 2 again.
  const restored = rig.till(rigTillA, 2);
  restored.write("drawer.no-sale", { reason: "" });
  restored.sell(["tea"]);
  await restored.send();
  expect(await kindsTold()).toEqual([]);
  // The hub hands it on.
  await lost.send();
  expect(await kindsTold()).toEqual(["number-reused"]);
});

it("[R1] a number given twice in one epoch is told of", async () => {
  const first = rig.till(rigTillA);
  first.sell(["milk"]);
  await first.send();
  const next = rig.till(rigTillA, 2);
  next.write("drawer.no-sale", { reason: "" });
  const fact = JSON.parse(next.sell(["tea"]).body) as { id: string; payload: object };
  const id = fact.id.replace("0195d000", "0195e000");
  next.writeRaw(JSON.stringify({ ...fact, id, seq: 3, payload: { ...fact.payload, saleId: id } }));
  await next.send();
  expect(await kindsTold()).toEqual(["number-reused"]);
});
