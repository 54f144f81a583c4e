import { afterEach, beforeEach, expect, it } from "vitest";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import { sha256 } from "./sha256.ts";
import { openStoreRig, rigTillA, rigTillB, type StoreRig } from "./store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

it("[U2] a fork that a person has seen is not told again by the epoch that follows it", async () => {
  const { service } = rig;
  const { storeId } = rig.tills;
  const caller = { storeId, terminalId: rigTillA };
  const push = (till: ReturnType<typeof createSampleTill>) =>
    service.push(caller, { ...till.push(1), protocol: 2 });
  const life = (epoch: number, salt: number) => {
    const till = createSampleTill({ terminalId: rigTillA, sha256, epoch, salt });
    till.sell(["milk"]);
    return till;
  };
  const forks = async () =>
    (await service.exceptions(caller, 10)).filter(({ kind }) => kind === "forked");

  expect(await push(life(1, 1))).toMatchObject({ outcome: "accepted" });
  expect(await push(life(1, 2))).toMatchObject({ outcome: "forked" });
  const [told] = await forks();
  const { exceptionId = "", subject = "" } = told ?? {};
  const manager = rig.till(rigTillB);
  manager.put("exception.resolved", { exceptionId, kind: "forked", subject, resolution: "seen" });
  await manager.send();
  expect(await forks()).toEqual([]);
  expect(await push(life(2, 2))).toMatchObject({ outcome: "accepted" });
  expect(await forks()).toEqual([]);
});
