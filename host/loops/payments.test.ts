import { afterEach, expect, it, vi } from "vitest";
import type { PaymentTerminal } from "../../hardware/payment/port.ts";
import { openTestTill, type TestTill, testPin } from "../test-till.ts";

let till: TestTill;
/** What the terminal was asked to charge. */
let asked: string[];

afterEach(() => till.close());

/**
 * A card was charged 4.00 of a loaf's 4.20 and is given back, whatever `reverse` answers; then the whole
 * is to be paid by card.
 */
async function takeBackAndPayAnew(
  answers: Pick<PaymentTerminal, "reverse" | "status">,
): Promise<void> {
  asked = [];
  const payment: PaymentTerminal = {
    async pay({ requestId }) {
      asked.push(requestId);
      return { kind: "approved", terminalReference: `T${asked.length}`, label: "VISA" };
    },
    ...answers,
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
}

it("[K3] a reversal that the terminal will not make keeps no other payment waiting", async () => {
  await takeBackAndPayAnew({
    // As of one that the bank has settled already.
    reverse: async () => ({ kind: "unknown" }),
    status: async () => ({ kind: "approved", terminalReference: "T1", label: "VISA" }),
  });
  await vi.waitFor(async () => {
    till.world.clock.advance(2_000);
    expect(asked).toHaveLength(2);
    expect(await till.do("register.view", {})).toMatchObject({
      ...{ cart: null, lastSale: { totalMinor: 420 } },
    });
  });
});

it("a card payment cancelled before its turn came never reaches the terminal", async () => {
  const { promise, resolve } = Promise.withResolvers<{ kind: "reversed" }>();
  await takeBackAndPayAnew({
    reverse: () => promise,
    status: async () => ({ kind: "not-found" }),
  });
  await till.do("tender.cancel-card", {});
  resolve({ kind: "reversed" });
  await vi.waitFor(async () => {
    const { cart, lastSale } = await till.do("register.view", {});
    expect({ lastSale, waits: cart?.cardPayment }).toEqual({ lastSale: null, waits: null });
  });
  expect(asked).toHaveLength(1);
});
