import { copyFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestTill, type TestTill, testPin } from "./test-till.ts";

/** What befalls a till whose ledger is put back from an older copy. */

let till: TestTill;

beforeEach(async () => {
  till = await openTestTill(20_261_123);
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

  it("[R1] an ordinary restart gives the next number", async () => {
    await sell();
    await till.restart();
    expect(await sell()).toBe("2-000002");
  });
});
