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

it("[D2] [R3] a good made here stays, where the cloud that had heard of it was put back", async () => {
  let clock: Clock | null = null;
  const cloud = createScriptedCloud({ now: () => present(clock, "clock").now() } as Clock);
  till = await openTestTill(20_261_123, { transport: cloud });
  ({ clock } = till.world);
  await till.restart(() => {
    const ledger = openLedger(till.ledgerPath);
    ledger.write(() => ledger.snapshot.setSeen({ stamp: "first life", known: 0, read: null }));
    ledger.close();
  });
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  const honey = { sku: "honey", name: "Honey", gtins: [], priceMinor: 800 };
  const good = { ...honey, unit: "each" as const, taxCategory: "reduced" };
  await till.do("catalogue.add-product", good);
  await stepUntil(async () =>
    expect((await till.do("status.view", {})).network).toMatchObject({ provedEqual: true }),
  );
  // The backup knows nothing of it; what the cloud has of this till is told late.
  const head = cloud.head.bind(cloud);
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  cloud.head = async (...asked) => {
    const answer = await head(...asked);
    await held;
    return answer;
  };
  const snapshot = cloud.snapshot.bind(cloud);
  cloud.snapshot = async (...asked) => {
    const { epoch, seq, hash } = await head(1);
    return { ...(await snapshot(...asked)), chain: { epoch, seq, hash } };
  };
  cloud.setBack(1, 0);
  cloud.beginLife("second life");
  cloud.poke();
  const snapshots = () => cloud.calls.filter((call) => call.startsWith("snapshot"));
  for (let i = 0; i < 20; i++) {
    till.world.clock.advance(100);
    await new Promise((resolve) => void setImmediate(resolve));
  }
  letGo();
  await stepUntil(() => expect(snapshots()).not.toEqual([]));
  const sold = await till.do("cart.add-product", { sku: "honey" });
  expect(sold.cart).toMatchObject({ totalMinor: 800 });
});
