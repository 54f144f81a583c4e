import { expect, it } from "vitest";
import { present } from "../../domain/values/assert.ts";
import { uuidv7 } from "../../domain/values/id.ts";
import type { PaymentTerminal } from "../../hardware/payment/port.ts";
import { openTestTill, testPin } from "../test-till.ts";

it("[K1] a card terminal hears of a payment when its transaction is over", async () => {
  const asked = Promise.withResolvers<boolean>();
  let call: (() => Promise<{ readonly ok: boolean }>) | null = null;
  const payment: PaymentTerminal = {
    async pay() {
      // Any command fails inside another one's transaction.
      asked.resolve((await present(call, "the till")()).ok);
      return { kind: "refused", why: "declined" };
    },
    status: async () => ({ kind: "not-found" }),
    reverse: async () => ({ kind: "reversed" }),
    state: () => "ready",
    onState: () => () => {},
    async abort() {},
    async close() {},
  };
  const till = await openTestTill(1, { devices: { printer: null, scanners: [], payment } });
  call = () => {
    const commandId = uuidv7(till.world.clock, till.world.random);
    return till.host.call("drawer.open", { commandId, reason: "a look" });
  };
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  await till.do("cart.add-product", { sku: "beans" });
  await till.do("tender.card", { amountMinor: 649 });
  expect(await asked.promise).toBe(true);
  await till.close();
});
