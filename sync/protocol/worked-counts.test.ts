import { describe, expect, it } from "vitest";
import type { AnyFact, FactPosition } from "../../domain/facts/fact.ts";
import { subjectOf } from "../../domain/stock/decision.ts";
import { sampleSale } from "../../domain/stock/sample-sale.ts";
import { type StockOfGood, stockOf } from "../../domain/stock/stock-of.ts";

/** The worked examples of sync/SPEC.md, number by number. Ten pieces of milk stand on the shelf at eight. */

const day = Date.UTC(2026, 10, 23);
const at = (time: string, days = 0): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return day + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
};
const milk = "milk";
const tillIds = [1, 2].map((n) => `01900000-0000-7000-8000-00000000000${n}`);

/** A till's journal. Its clock shows the cloud's time, give or take `uncertaintyMs`. */
function till(number: 1 | 2, uncertaintyMs = 50) {
  const terminalId = tillIds[number - 1] ?? "";
  const facts: AnyFact[] = [];
  const write = (type: AnyFact["type"], atMs: number, payload: object): FactPosition => {
    const seq = facts.length + 1;
    const id = `0195d000-0000-7000-800${number}-${String(seq).padStart(12, "0")}`;
    facts.push({ terminalId, epoch: 1, seq, id, type, atMs, payload } as unknown as AnyFact);
    return { terminalId, epoch: 1, seq };
  };
  write("clock.measured", at("08:00"), { skewMs: 0, uncertaintyMs });
  return {
    terminalId,
    facts,
    sell: (pieces: number, atMs: number) =>
      write(
        "sale.completed",
        atMs,
        sampleSale({
          ...{ saleId: terminalId, receiptNumber: "1-000001", skus: [milk] },
          quantityMilli: pieces * 1_000,
        }),
      ),
    count: (pieces: number, atMs: number, applied: readonly FactPosition[] = []) => {
      const line = { sku: milk, countedMilli: pieces * 1_000, expectedMilli: 0 };
      const lines = [{ ...line, storeAtMs: at("08:00") }];
      write("stock.counted", atMs, { lines, countedAtMs: atMs, applied });
      return facts.at(-1)?.id ?? "";
    },
    decide: (side: "before" | "after", countId: string, about: string, atMs: number) => {
      const subject = subjectOf({ countId, terminalId: about, sku: milk });
      const exception = { exceptionId: "1", kind: "count-uncertain", subject };
      write("exception.resolved", atMs, { ...exception, resolution: side });
    },
  };
}

const opening = { sku: milk, deltaMilli: 10_000, atMs: at("08:00") };

function milkOf(...facts: readonly AnyFact[]): StockOfGood {
  const stock = stockOf({ facts, storeMovements: [opening] }).get(milk);
  // Whatever order they are told in.
  expect(stockOf({ facts: facts.toReversed(), storeMovements: [opening] }).get(milk)).toEqual(
    stock,
  );
  expect(stock).toBeDefined();
  return stock ?? { levelMilli: 0, counts: [], uncertain: [] };
}

function varianceOf({ counts }: StockOfGood): number {
  const last = counts.at(-1);
  return (last?.countedMilli ?? 0) - (last?.beforeMilli ?? 0);
}

describe("[C2] worked examples", () => {
  it("1. a sale that the counter's till had heard of is in the count", () => {
    const [one, two] = [till(1), till(2)];
    const sale = two.sell(1, at("10:00"));
    one.count(8, at("10:00:00"), [sale]);
    const stock = milkOf(...one.facts, ...two.facts);
    expect(stock).toMatchObject({ levelMilli: 8_000, uncertain: [] });
    expect(varianceOf(stock)).toBe(-1_000);
  });

  it("2. a sale from before the count that arrives after it changes the variance, not the level", () => {
    const [one, two] = [till(1), till(2)];
    one.count(8, at("10:00"));
    const alone = milkOf(...one.facts);
    expect([alone.levelMilli, varianceOf(alone)]).toEqual([8_000, -2_000]);
    two.sell(2, at("09:50"));
    const stock = milkOf(...one.facts, ...two.facts);
    expect([stock.levelMilli, varianceOf(stock)]).toEqual([8_000, 0]);
  });

  it("3. what no clock can tell is assumed after the count, until a person says otherwise", () => {
    const [one, two] = [till(1, 400), till(2, 400)];
    const countId = one.count(8, at("10:00:01"));
    const sale = two.sell(1, at("10:00:00"));
    const assumed = milkOf(...one.facts, ...two.facts);
    expect(assumed).toMatchObject({ levelMilli: 7_000, uncertain: [{ place: sale }] });
    two.decide("before", countId, two.terminalId, at("11:00"));
    const decided = milkOf(...one.facts, ...two.facts);
    expect(decided).toMatchObject({ levelMilli: 8_000, uncertain: [] });
    one.decide("after", countId, two.terminalId, at("12:00"));
    expect(milkOf(...one.facts, ...two.facts).levelMilli).toBe(7_000);
  });

  it("4. two tills count one shelf: the later count stands", () => {
    const [one, two] = [till(1), till(2)];
    one.count(8, at("10:00"));
    two.count(7, at("10:10"));
    one.sell(1, at("10:20"));
    const stock = milkOf(...one.facts, ...two.facts);
    expect(stock.levelMilli).toBe(6_000);
    expect(stock.counts.map(({ countedMilli }) => countedMilli)).toEqual([8_000, 7_000]);
    expect(varianceOf(stock)).toBe(-1_000);
  });

  it("5. a count that was offline for a day stands with what was sold since", () => {
    const [one, two] = [till(1), till(2)];
    two.sell(3, at("09:00", 1));
    expect(milkOf(...two.facts).levelMilli).toBe(7_000);
    one.count(9, at("18:00"));
    const stock = milkOf(...one.facts, ...two.facts);
    expect([stock.levelMilli, varianceOf(stock)]).toEqual([6_000, -1_000]);
  });

  it("6. what the counter sells next is after the count, also when the clock was set back", () => {
    const one = till(1);
    one.count(8, at("10:00"));
    one.sell(1, at("09:00"));
    expect(milkOf(...one.facts)).toMatchObject({ levelMilli: 7_000, uncertain: [] });
  });

  it("7. of a till whose clock was never compared nothing is known but what was heard of it", () => {
    const [one, two] = [till(1), till(2)];
    two.facts.splice(0, 1);
    const heard = two.sell(1, at("09:00"));
    const later = two.sell(1, at("09:30"));
    one.count(8, at("10:00"), [heard]);
    expect(milkOf(...one.facts, ...two.facts)).toMatchObject({
      levelMilli: 7_000,
      uncertain: [{ place: later }],
    });
  });
});
