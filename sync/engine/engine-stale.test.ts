import { hash } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createEngineRig, type EngineRig } from "./engine-rig.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");

async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => void setImmediate(resolve));
}

let rig: EngineRig;

beforeEach(() => {
  rig = createEngineRig({ sha256, settle });
});

afterEach(async () => {
  await rig.engine.stop();
});

/** The next answer to `head` is made at once, and comes when the test lets it. */
function holdNextHead(): () => void {
  const head = rig.cloud.head.bind(rig.cloud);
  const { promise, resolve } = Promise.withResolvers<void>();
  rig.cloud.head = async (...asked) => {
    rig.cloud.head = head;
    const answer = await head(...asked);
    await promise;
    return answer;
  };
  return resolve;
}

it("[U7] an answer to head that a push overtook sets nothing back", async () => {
  await rig.start();
  await rig.clock.advance(59_000);
  const letGo = holdNextHead();
  await rig.clock.advance(1_500);
  await rig.sellAndSend(10);
  expect(rig.engine.status().provedEqual).toBe(true);
  letGo();
  await rig.clock.advance(10);
  expect(rig.engine.status()).toMatchObject({ unsent: 0, provedEqual: true });
  expect(rig.logged).not.toContain("sync.set-back");
  expect(rig.pushes()).toEqual(["push 1/1+10"]);
});

it("[L1] [U7] a probe that is answered after its company sets nothing back", async () => {
  const letGo = holdNextHead();
  rig.sell(10);
  await rig.start();
  await rig.clock.advance(3_500);
  expect(rig.engine.status()).toMatchObject({ connection: "online", unsent: 0 });
  letGo();
  await rig.clock.advance(10);
  expect(rig.logged).not.toContain("sync.set-back");
  expect(rig.pushes()).toEqual(["push 1/1+10"]);
});

it("[R3] a cloud set back while its older epochs are looked at is no fault of this till", async () => {
  await rig.start();
  await rig.sellAndSend(6);
  rig.ledger.openNewEpoch(rig.ledger.head(), 0);
  await rig.sellAndSend(4);
  const next = rig.again();
  const head = rig.cloud.head.bind(rig.cloud);
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  rig.cloud.head = async (epoch, ...rest) => {
    const answer = await head(epoch, ...rest);
    if (epoch === 1) await held;
    return answer;
  };
  await rig.engine.stop();
  await next.start();
  rig.cloud.setBack(2, 1);
  await next.clock.advance(60_000);
  expect(next.logged).toContain("sync.set-back");
  letGo();
  await next.clock.advance(10);
  expect(next.logged).not.toContain("sync.lane.failed");
  expect(next.engine.status()).toMatchObject({ provedEqual: true, lastError: null });
  await next.engine.stop();
});

it("[R3] a cloud put back before anything was written in the newest epoch gets the end of the one before", async () => {
  await rig.start();
  await rig.sellAndSend(6);
  rig.ledger.openNewEpoch(rig.ledger.head(), 0);
  await rig.clock.advance(120_000);
  const first = [...rig.cloud.chain(1)];
  rig.cloud.publish({ kind: "product-removed", sku: "none" });
  rig.cloud.setBack(1, 2);
  rig.cloud.beginLife("second");
  await rig.clock.advance(120_000);
  await rig.sellAndSend(1);
  await rig.clock.advance(120_000);
  expect(rig.logged).toContain("sync.feed.broken");
  expect(rig.engine.status()).toMatchObject({ provedEqual: true });
  expect(rig.cloud.chain(1)).toEqual(first);
});
