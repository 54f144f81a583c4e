import { hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Change, WireFact } from "../protocol/wire.ts";
import { createEngineRig, type EngineRig } from "./engine-rig.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");
const settle = async () => {
  for (let i = 0; i < 5; i++) await setImmediate();
};

let rig: EngineRig;

function begin(isNew: boolean): void {
  rig = createEngineRig({ sha256, settle, isNew, tuning: { snapshotLimit: 2, pageLimit: 2 } });
  rig.cloud.publish(...["a", "b", "c", "d", "e"].map(good));
}

function good(sku: string): Change {
  return {
    kind: "product",
    product: { sku, name: sku, gtins: [], priceMinor: 1, unit: "each", taxCategory: "zero" },
  };
}

beforeEach(() => begin(true));

afterEach(async () => {
  await rig.engine.stop();
});

const asked = () => rig.cloud.calls.filter((call) => /^(snapshot|pull)/.test(call));

it("[D2] a new till begins with a snapshot and goes on with the feed", async () => {
  const progress: number[] = [];
  rig.engine.onStatus(({ snapshot }) => {
    if (snapshot !== null && snapshot.total > 0) progress.push(snapshot.done);
  });
  await rig.start();
  expect(asked()).toEqual(["snapshot -", "snapshot 2", "snapshot 4", ...pulls([0, 2, 4])]);
  expect(progress[0]).toBe(2);
  expect(rig.engine.status().snapshot).toBeNull();
});

it("[D2] a snapshot page that could not be written is asked for again", async () => {
  rig.ledger.failOnce("takeSnapshotPage", new Error("a full disk"));
  await rig.start();
  expect(rig.engine.status()).toMatchObject({ snapshot: { next: null, why: "new-till" } });
  await rig.clock.advance(3_000);
  expect(rig.ledger.pages).toHaveLength(3);
});

it("[D2] one that has expired is begun again", async () => {
  rig.cloud.expireSnapshot();
  await rig.start();
  expect(asked().slice(0, 3)).toEqual(["snapshot -", "snapshot -", "snapshot 2"]);
});

it("[D2] a cursor below the floor means a snapshot; sales go up meanwhile", async () => {
  begin(false);
  await rig.start();
  rig.cloud.publish(good("f"), good("g"));
  rig.cloud.forgetFeed(7);
  await rig.sellAndSend(3);
  rig.cloud.poke();
  await rig.clock.advance(1_000);
  expect(asked()).toContain("snapshot -");
  expect(rig.ledger.cursor()).toBe(7);
  expect(rig.engine.status()).toMatchObject({ provedEqual: true, snapshot: null });
});

it("[D5] a feed with another past means a snapshot", async () => {
  begin(false);
  await rig.start();
  expect(asked()).not.toContain("snapshot -");
  rig.cloud.beginLife("a backup put back");
  rig.cloud.poke();
  await rig.clock.advance(1_000);
  expect(asked()).toContain("snapshot -");
  expect(rig.ledger.seen().stamp).toBe("a backup put back");
});

it("[R3] a till that learns of a restored cloud by its feed asks at once what the cloud has of it", async () => {
  begin(false);
  await rig.start();
  await rig.sellAndSend(3);
  await rig.clock.advance(2_000);
  rig.cloud.beginLife("a backup put back");
  rig.cloud.setBack(1, 1);
  rig.cloud.poke();
  await rig.clock.advance(1_000);
  expect(rig.cloud.chain(1)).toHaveLength(3);
  expect(rig.engine.status()).toMatchObject({ provedEqual: true });
});

it("[R3] a chain that parts from ours before the mark: everything travels again, in a new epoch", async () => {
  begin(false);
  await rig.start();
  await rig.sellAndSend(4);
  await rig.clock.advance(61_000);
  rig.cloud.setBack(1, 1);
  const twin: WireFact = { body: "a twin was faster", hash: "f".repeat(64) };
  (rig.cloud.chain(1) as WireFact[]).push(twin);
  await rig.clock.advance(61_000);
  expect(rig.cloud.chain(2)).toHaveLength(4);
  expect(rig.engine.status()).toMatchObject({ provedEqual: true, unsent: 0 });
});

function pulls(cursors: readonly number[]): string[] {
  return cursors.map((cursor) => `pull ${cursor}`);
}
