import { afterEach, beforeEach, expect, it } from "vitest";
import { present } from "../../../domain/values/assert.ts";
import type { WireFact } from "../../../sync/protocol/wire.ts";
import {
  type EditingTill,
  editingTill,
  filed,
  goodOf,
  importFile,
  openOf,
} from "../catalogue-rig.ts";
import { createInventoryService } from "../inventory-service.ts";
import { openStoreRig, rigAtMs, rigTillA, rigTillB, type StoreRig } from "../store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
  await importFile(rig.store, rig.tills, [filed()]);
});
afterEach(() => rig.end());

const milk = () => goodOf(rig.store, rig.tills, "milk");
const openConflicts = () => openOf(rig.store, rig.tills, "edit-conflict");

/** Two tills that did not hear of each other gave the milk two prices. */
async function twoPrices() {
  const seen = await milk();
  const one = editingTill(rig.store, rig.tills, rigTillA);
  const two = editingTill(rig.store, rig.tills, rigTillB);
  one.edit(seen, { priceMinor: 110 }, 20);
  two.edit(seen, { priceMinor: 120 }, 10);
  await one.send();
  await two.send();
  const [told] = await openConflicts();
  const { exceptionId, kind, subject } = present(told, "a conflict");
  const answer = async (till: EditingTill, resolution: "keep" | "take-other") => {
    till.write("exception.resolved", { exceptionId, kind, subject, resolution });
    await till.send();
  };
  return { one, two, answer };
}

it("[R3] [C3] an answer counts again when the cloud was put back and its exceptions have other numbers", async () => {
  await rig.backUp();
  const { one, two, answer } = await twoPrices();
  await answer(one, "take-other");
  expect((await milk()).priceMinor).toBe(120);
  await rig.reopen("the backup");
  // The tills send again what it lacks.
  const { storeId } = rig.tills;
  const service = createInventoryService({ store: rig.store, clock: { now: () => rigAtMs } });
  await service.head({ storeId, terminalId: rigTillA }, 1, 2);
  const push = (terminalId: string, facts: readonly WireFact[]) =>
    service.push({ storeId, terminalId }, { protocol: 2, epoch: 1, firstSeq: 1, facts });
  await push(rigTillA, one.facts.slice(0, 1));
  await push(rigTillB, two.facts);
  await push(rigTillA, one.facts);
  expect((await milk()).priceMinor).toBe(120);
  expect(await openConflicts()).toEqual([]);
});

it("[C3] two people who answer differently are asked again by what stands now", async () => {
  const { one, two, answer } = await twoPrices();
  await answer(one, "keep");
  one.edit(await milk(), { priceMinor: 130 }, 30);
  await one.send();
  await answer(two, "take-other");
  const [again] = await openConflicts();
  expect(again?.told).toMatchObject({ detail: { kept: { value: 130 }, other: { value: 120 } } });
});
