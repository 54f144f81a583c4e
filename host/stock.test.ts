import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../domain/facts/canonical.ts";
import { subjectOf } from "../domain/stock/decision.ts";
import { sampleSale } from "../domain/stock/sample-sale.ts";
import { openLedger } from "../ledger/ledger.ts";
import { verifyLedger } from "../ledger/verify.ts";
import { createSyncLedger } from "./loops/sync-ledger.ts";
import { openTestTill, testPin, type TestTill } from "./test-till.ts";

const own = "01900000-0000-7000-8000-000000000001";
const other = "01900000-0000-7000-8000-000000000002";

let till: TestTill;

beforeEach(async () => {
  till = await openTestTill(1);
  await till.do("session.sign-in", { personId: "noa", pin: testPin });
  await till.do("shift.open", { floatMinor: 10_000 });
});

afterEach(() => till.close());

async function sellBeans(pieces: number): Promise<void> {
  await till.do("cart.add-product", { sku: "beans", quantityMilli: pieces * 1000 });
  await till.do("tender.cash", { amountMinor: 649 * pieces });
}

async function beans() {
  const rows = await till.do("stock.list", { text: "beans" });
  return rows.find(({ sku }) => sku === "beans");
}

/** What the feed brings while the till is closed: a sale of the other till at a moment of its clock. */
async function otherSells(seq: number, pieces: number, atMs: number): Promise<void> {
  const saleId = `01900000-0000-7000-8000-0000000001${String(seq).padStart(2, "0")}`;
  const receiptNumber = `3-00000${seq}`;
  const payload = sampleSale({
    saleId,
    receiptNumber,
    skus: ["beans"],
    quantityMilli: pieces * 1000,
  });
  const id = saleId.replace("00000001", "00000002");
  const shift = { businessDate: "2026-11-23", shiftId: id };
  const fact = {
    ...shift,
    terminalId: other,
    epoch: 1,
    seq,
    id,
    type: "sale.completed",
    atMs,
    payload,
  };
  await till.host.close();
  const ledger = openLedger(till.ledgerPath);
  const terminal = ledger.settings.get("terminal") ?? {
    terminalId: own,
    storeId: "",
    tillNumber: 2,
  };
  const body = canonicalJson(fact as unknown as Json);
  createSyncLedger(ledger, terminal).applyChanges([{ kind: "fact", body }], seq);
  expect(verifyLedger(ledger)).toMatchObject({ intact: true });
  ledger.close();
  await till.restart();
}

describe("[C2] counting", () => {
  it("the level is what was counted, plus what happens after it; the variance is told", async () => {
    await till.do("stock.receive", { lines: [{ sku: "beans", quantityMilli: 20_000 }] });
    await sellBeans(3);
    const count = await till.do("stock.count", {
      lines: [
        { sku: "beans", countedMilli: 10_000 },
        { sku: "beans", countedMilli: 5_000 },
        { sku: "bread", countedMilli: 4_000 },
      ],
    });
    expect(count.lines).toMatchObject([
      { sku: "beans", countedMilli: 15_000, beforeMilli: 17_000, varianceMilli: -2_000 },
      { sku: "bread", countedMilli: 4_000, beforeMilli: 0, varianceMilli: 4_000 },
    ]);
    await sellBeans(1);
    expect(await beans()).toMatchObject({
      stockMilli: 14_000,
      counted: { countedMilli: 15_000, varianceMilli: -2_000, isUncertain: false },
    });
    const movements = await till.do("stock.movements", { sku: "beans" });
    expect(movements.map(({ reason }) => reason).toSorted()).toEqual([
      ...["count", "receiving", "sale", "sale"],
    ]);
    expect(movements.reduce((sum, { deltaMilli }) => sum + deltaMilli, 0)).toBe(14_000);
    expect(await till.do("stock.counts", { sku: "beans" })).toMatchObject([
      { countId: count.countId, by: "Noa", tillNumber: 2, expectedMilli: 17_000, isLatest: true },
    ]);
  });

  it("a sale that may have been before or after is assumed after, and a person decides", async () => {
    await till.do("stock.count", { lines: [{ sku: "beans", countedMilli: 15_000 }] });
    // Neither clock was ever compared with the cloud's.
    await otherSells(1, 2, till.world.clock.now() - 60_000);
    expect(await beans()).toMatchObject({ stockMilli: 13_000, counted: { isUncertain: true } });
    const [uncertain] = await till.do("stock.uncertain", {});
    const { countId = "", movements = [] } = uncertain ?? {};
    expect(uncertain).toMatchObject({ sku: "beans", stockMilli: 13_000, ifBeforeMilli: 15_000 });
    const subject = subjectOf({ countId, terminalId: other, sku: "beans" });
    expect(movements).toMatchObject([
      { subject, deltaMilli: -2_000, uncertaintyMs: null, receiptNumber: "3-000001" },
    ]);
  });

  it("goods nobody knows are not counted, received or adjusted", async () => {
    const lines = [{ sku: "beans", countedMilli: 1 }];
    const unknown = { type: "UnknownProduct", sku: "nothing" };
    expect(
      await till.refused("stock.count", { lines: [...lines, { sku: "nothing", countedMilli: 1 }] }),
    ).toEqual(unknown);
    expect(await till.do("stock.counts", {})).toEqual([]);
    expect(
      await till.refused("stock.receive", { lines: [{ sku: "nothing", quantityMilli: 1 }] }),
    ).toEqual(unknown);
  });
});

describe("[C1] what comes and goes otherwise", () => {
  it("is a manager's to adjust, with a sign that fits the reason", async () => {
    const lines = [{ sku: "beans", deltaMilli: 2_000 }];
    expect(await till.refused("stock.adjust", { reason: "waste", lines })).toEqual({
      type: "WrongSign",
      sku: "beans",
    });
    const moved = await till.do("stock.adjust", {
      reason: "transfer-in",
      lines,
      note: "from Mitte",
    });
    expect(moved.lines).toMatchObject([{ sku: "beans", deltaMilli: 2_000, stockMilli: 2_000 }]);
    await till.do("session.sign-out", {});
    await till.do("session.sign-in", { personId: "dana", pin: testPin });
    expect(await till.refused("stock.adjust", { reason: "adjustment", lines })).toEqual({
      type: "ManagerNeeded",
    });
  });
});
