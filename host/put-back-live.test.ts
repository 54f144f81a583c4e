import { copyFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { present } from "../domain/values/assert.ts";
import type { Clock } from "../domain/values/ports.ts";
import { openLedger } from "../ledger/ledger.ts";
import { createScriptedCloud } from "../sync/engine/scripted-cloud.ts";
import { openTestTill, type TestTill, testPin } from "./test-till.ts";

let till: TestTill;

afterEach(() => till.close());

async function stepUntil(isThere: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(async () => {
    till.world.clock.advance(500);
    await isThere();
  });
}

it("[D3] a till put back that hears that it had closed its shift sells in it no more", async () => {
  let clock: Clock | null = null;
  const cloud = createScriptedCloud({ now: () => present(clock, "clock").now() } as Clock);
  till = await openTestTill(20_261_123, { transport: cloud });
  ({ clock } = till.world);
  const copy = `${till.ledgerPath}.copy`;
  await till.restart(() => {
    const ledger = openLedger(till.ledgerPath);
    // It has read the store before: no snapshot.
    ledger.write(() => ledger.snapshot.setSeen({ stamp: "first life", known: 0, read: null }));
    ledger.close();
  });
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  await till.do("cart.add-product", { sku: "bread" });
  await till.do("tender.cash", { amountMinor: 420 });
  await till.restart(() => copyFileSync(till.ledgerPath, copy));
  await till.do("shift.count", { countedMinor: 420, denominations: [] });
  await till.do("shift.close", {});
  const allSynced = async () =>
    expect((await till.do("status.view", {})).network).toMatchObject({ provedEqual: true });
  await stepUntil(allSynced);
  const closed = cloud.chain(1).filter(({ body }) => body.includes('"shift.c'));
  expect(closed).toHaveLength(2);
  await till.restart(() => {
    copyFileSync(copy, till.ledgerPath);
    // The feed of the store tells the till's own facts too.
    cloud.publish(...closed.map(({ body }) => ({ kind: "fact" as const, body })));
  });
  await stepUntil(async () => {
    expect(await till.do("sync.view", {})).toMatchObject({ cursor: 2 });
  });
  const view = await till.do("register.view", {});
  expect(view.shift).toBeNull();
});
