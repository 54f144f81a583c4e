import { afterEach, beforeEach, expect, it } from "vitest";
import { retryParked } from "./retry-parked.ts";
import { openStoreRig, rigAtMs, rigTillA, rigTillB, type StoreRig } from "./store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

it("[U3] [A3] a sale whose id another terminal's fact took is parked for all to see, not passed over", async () => {
  const { service } = rig;
  const { storeId } = rig.tills;
  const [thief, victim] = [rig.till(rigTillA), rig.till(rigTillB)];
  const { body } = victim.sell(["milk"]);
  thief.writeRaw(JSON.stringify({ ...(JSON.parse(body) as object), terminalId: rigTillA }));
  await thief.send();
  const caller = { storeId, terminalId: rigTillB };
  const { verdicts } = await service.push(caller, { ...victim.push(1), protocol: 2 });
  const reason = "its id is that of another terminal's fact";
  expect(verdicts).toEqual([{ seq: 1, verdict: "parked", reason }]);
  await retryParked(rig.store, { storeId, by: "noa", atMs: rigAtMs });
  expect(await service.parked(caller, 9)).toMatchObject([{ reason, body }]);
});
