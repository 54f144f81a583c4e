import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestTill, testPin, type TestTill } from "../test-till.ts";

let till: TestTill;

beforeEach(async () => {
  till = await openTestTill(20_261_123);
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
});

afterEach(async () => {
  await till.close();
});

async function sell(sku: string): Promise<void> {
  await till.do("cart.add-product", { sku });
  await till.do("tender.cash", { amountMinor: 1_000 });
}

async function closeShift(reason: string): Promise<string> {
  await till.do("shift.count", { countedMinor: 1, denominations: [] });
  return (await till.do("shift.close", { reason })).shiftId;
}

describe("looking back", () => {
  it("a Z keeps why its count differed, also in the list, and prints again as a copy", async () => {
    await till.do("shift.open", { floatMinor: 0 });
    await sell("bread");
    const shiftId = await closeShift("A roll was short");
    const [shift] = await till.do("shifts.list", {});
    expect(shift?.z?.reason).toBe("A roll was short");
    expect(await till.do("shift.reprint", { shiftId })).toEqual({ copy: 1 });
    expect(await till.do("shift.reprint", { shiftId })).toEqual({ copy: 2 });
    const jobs = await till.do("print.jobs", {});
    expect(jobs.filter(({ kind }) => kind === "z-report")).toHaveLength(3);
    const unknown = "01900000-0000-7000-8000-00000000dead";
    expect(await till.refused("shift.reprint", { shiftId: unknown })).toEqual({
      type: "UnknownShift",
    });
  });

  it("receipts are found by amount, sales and returns alike, and by date with it", async () => {
    await till.do("shift.open", { floatMinor: 0 });
    await sell("bread");
    await sell("beans");
    await till.do("return.add-lines", {
      saleId: (await till.do("receipt.list", { totalMinor: 420 }))[0]?.saleId ?? "",
      lines: [{ lineNo: 1, quantityMilli: 1000 }],
      reason: "stale",
    });
    await till.do("tender.refund-cash", {});
    const totals = async (input: object) =>
      (await till.do("receipt.list", input))
        .map(({ totalMinor }) => totalMinor)
        .toSorted((a, b) => a - b);
    expect(await totals({ totalMinor: 420 })).toEqual([-420, 420]);
    expect(await totals({ totalMinor: -649 })).toEqual([649]);
    expect(await totals({ totalMinor: 649, businessDate: "2026-11-22" })).toEqual([]);
  });

  it("today stands beside the same weekday up to the same time", async () => {
    await till.do("shift.open", { floatMinor: 0 });
    await sell("bread");
    till.world.clock.advance(2 * 3_600_000);
    await sell("beans");
    await closeShift("x");
    expect((await till.do("today.view", {})).weekBefore).toBeNull();
    till.world.clock.advance(7 * 86_400_000 - 3_600_000);
    await till.do("session.sign-in", { personId: "dana", pin: testPin });
    await till.do("shift.open", { floatMinor: 0 });
    expect((await till.do("today.view", {})).weekBefore).toEqual({
      businessDate: "2026-11-23",
      turnoverMinor: 420,
      receipts: 1,
      averageMinor: 420,
      items: 1,
    });
  });
});
