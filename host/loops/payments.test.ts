import { afterEach, expect, it, vi } from "vitest";
import type { PaymentTerminal } from "../../hardware/payment/port.ts";
import { openTestTill, type TestTill, testPin } from "../test-till.ts";

let till: TestTill;

afterEach(() => till.close());

it("[K3] a reversal that the terminal will not make keeps no other payment waiting", async () => {
  const asked: string[] = [];
  const payment: PaymentTerminal = {
    async pay({ requestId }) {
      asked.push(requestId);
      return { kind: "approved", terminalReference: `T${asked.length}`, label: "VISA" };
    },
    status: async () => ({ kind: "approved", terminalReference: "T1", label: "VISA" }),
    // As of one that the bank has settled already.
    reverse: async () => ({ kind: "unknown" }),
    state: () => "ready",
    onState: () => () => {},
    async abort() {},
    async close() {},
  };
  till = await openTestTill(1, { devices: { printer: null, scanners: [], payment } });
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  await till.do("cart.add-product", { sku: "bread" });
  await till.do("tender.card", { amountMinor: 400 });
  const tenders = await vi.waitFor(async () => {
    const { cart } = await till.do("register.view", {});
    expect(cart?.tenders).toHaveLength(1);
    return cart?.tenders ?? [];
  });
  await till.do("tender.remove", { tenderId: tenders[0]?.tenderId ?? "" });
  till.world.clock.advance(5_000);
  await till.do("tender.card", { amountMinor: 420 });
  await vi.waitFor(async () => {
    till.world.clock.advance(2_000);
    expect(asked).toHaveLength(2);
    expect(await till.do("register.view", {})).toMatchObject({
      cart: null,
      lastSale: { totalMinor: 420 },
    });
  });
});

it("a card payment cancelled before its turn came never reaches the terminal", async () => {
  const asked: string[] = [];
  const reversal = Promise.withResolvers<{ kind: "reversed" }>();
  const payment: PaymentTerminal = {
    async pay({ requestId }) {
      asked.push(requestId);
      return { kind: "approved", terminalReference: `T${asked.length}`, label: "VISA" };
    },
    status: async () => ({ kind: "not-found" }),
    reverse: () => reversal.promise,
    state: () => "ready",
    onState: () => () => {},
    async abort() {},
    async close() {},
  };
  till = await openTestTill(1, { devices: { printer: null, scanners: [], payment } });
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  await till.do("cart.add-product", { sku: "bread" });
  await till.do("tender.card", { amountMinor: 400 });
  const tenders = await vi.waitFor(async () => {
    const { cart } = await till.do("register.view", {});
    expect(cart?.tenders).toHaveLength(1);
    return cart?.tenders ?? [];
  });
  await till.do("tender.remove", { tenderId: tenders[0]?.tenderId ?? "" });
  till.world.clock.advance(5_000);
  await till.do("tender.card", { amountMinor: 420 });
  await till.do("tender.cancel-card", {});
  reversal.resolve({ kind: "reversed" });
  await vi.waitFor(async () => {
    const { cart, lastSale } = await till.do("register.view", {});
    expect({ lastSale, waits: cart?.cardPayment }).toEqual({ lastSale: null, waits: null });
  });
  expect(asked).toHaveLength(1);
});
