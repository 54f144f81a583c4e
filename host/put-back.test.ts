import { copyFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { present } from "../domain/values/assert.ts";
import type { PaymentOutcome, PaymentTerminal } from "../hardware/payment/port.ts";
import { openLedger } from "../ledger/ledger.ts";
import { takeFact } from "./loops/take-fact.ts";
import { openTestTill, type TestTill, testPin, testTerminal } from "./test-till.ts";

/** What befalls a till whose ledger is put back from an older copy. */

let till: TestTill;
let outcome: PaymentOutcome | { readonly kind: "not-found" };

/** Nobody holds a card to it; it says what became of a payment when it is asked. */
const payment: PaymentTerminal = {
  pay: () => new Promise(() => undefined),
  status: async () => outcome,
  reverse: async () => ({ kind: "reversed" }),
  state: () => "ready",
  onState: () => () => {},
  async abort() {},
  async close() {},
};

beforeEach(async () => {
  outcome = { kind: "not-found" };
  till = await openTestTill(20_261_123, { devices: { printer: null, scanners: [], payment } });
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
});

afterEach(async () => {
  await till.close();
});

async function sell(): Promise<string> {
  await till.do("cart.add-product", { sku: "bread" });
  await till.do("tender.cash", { amountMinor: 420 });
  const { lastSale } = await till.do("register.view", {});
  return lastSale?.receiptNumber ?? "";
}

async function cardIsDecided(): Promise<void> {
  await vi.waitFor(async () => {
    const { cart } = await till.do("register.view", {});
    expect(cart?.cardPayment).toBeNull();
  });
}

/** The body of the last fact of a kind in the till's ledger, which is closed. */
function lastFactOf(type: string): string | undefined {
  const ledger = openLedger(till.ledgerPath);
  const bodies = ledger.journal.entries(1, 0, 1_000).map(({ body }) => body);
  ledger.close();
  return bodies.findLast((body) => body.includes(`"type":"${type}"`));
}

describe("a ledger put back from an older copy", () => {
  it("[R1] is noticed without the cloud, by the file beside it: no number is given twice", async () => {
    const copy = `${till.ledgerPath}.copy`;
    await sell();
    await till.restart(() => copyFileSync(till.ledgerPath, copy));
    const lost = [await sell(), await sell()];
    await till.restart(() => copyFileSync(copy, till.ledgerPath));
    expect(lost).toEqual(["2-000002", "2-000003"]);
    expect(await sell()).toBe("2-000004");
    await till.restart();
    expect(await sell()).toBe("2-000005");
  });

  it("[K3] a card charged in a shift that another life closed is kept; its sale is done with the next shift", async () => {
    const copy = `${till.ledgerPath}.copy`;
    await till.do("cart.add-product", { sku: "bread" });
    await till.do("tender.card", { amountMinor: 420 });
    await till.restart(() => copyFileSync(till.ledgerPath, copy));
    await cardIsDecided();
    await till.do("cart.void", { reason: "left" });
    await till.do("shift.count", { countedMinor: 0, denominations: [] });
    await till.do("shift.close", {});
    await till.restart(() => {
      const closed = present(lastFactOf("shift.closed"), "the close of the shift");
      copyFileSync(copy, till.ledgerPath);
      const ledger = openLedger(till.ledgerPath);
      ledger.write(() => takeFact(ledger, testTerminal, closed));
      ledger.close();
      outcome = { kind: "approved", terminalReference: "T1", label: "VISA" };
    });
    await cardIsDecided();
    const paid = await till.do("register.view", {});
    expect(paid).toMatchObject({ shift: null, lastSale: null, cart: { dueMinor: 0 } });
    const next = await till.do("shift.open", { floatMinor: 0 });
    expect(next).toMatchObject({ cart: null, lastSale: { totalMinor: 420 } });
  });

  it("[R1] an ordinary restart gives the next number", async () => {
    await sell();
    await till.restart();
    expect(await sell()).toBe("2-000002");
  });
});
