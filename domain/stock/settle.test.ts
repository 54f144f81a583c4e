import { describe, expect, it } from "vitest";
import type { AnyFact, Fact } from "../facts/fact.ts";
import { type ClockReading, cloudTime, correctedTime } from "../values/clock-reading.ts";
import { type Decision, decisionOf } from "./decision.ts";
import { movementsOf } from "./movement.ts";
import { storePlace } from "./place.ts";
import type { PlacedMovement } from "./relation.ts";
import { chanceOf, type SampleMovement, sampleStore, shuffled } from "./sample-store.ts";
import { type SettledStock, settleCount, settleDecision, settleMovement } from "./settle.ts";
import { countMarkOf, type StockOfGood, stockOf } from "./stock-of.ts";

/** The plainest keeper of settled stock: everything in memory. */
function createKeeper() {
  const stocks = new Map<string, SettledStock>();
  const movements = new Map<string, PlacedMovement[]>();
  const readings = new Map<string, ClockReading>();
  const decisions: Decision[] = [];
  const facts: AnyFact[] = [];
  const storeMovements: SampleMovement[] = [];

  function stockFor(sku: string): SettledStock {
    const stock = stocks.get(sku) ?? { levelMilli: 0, counts: [] };
    stocks.set(sku, stock);
    return stock;
  }

  function move(sku: string, movement: PlacedMovement): void {
    settleMovement(stockFor(sku), movement);
    movements.set(sku, [...(movements.get(sku) ?? []), movement]);
  }

  function count(fact: Fact<"stock.counted">): void {
    const mark = countMarkOf(fact, readings.get(fact.terminalId) ?? null);
    for (const { sku, countedMilli, storeAtMs } of fact.payload.lines) {
      const about = decisions.filter((d) => d.sku === sku && d.countId === fact.id);
      const line = { mark, countedMilli, storeAtMs: storeAtMs ?? null, decisions: about };
      settleCount(stockFor(sku), line, movements.get(sku) ?? []);
    }
  }

  return {
    take(item: AnyFact | SampleMovement): void {
      if (!("type" in item)) {
        storeMovements.push(item);
        const { sku, deltaMilli, atMs } = item;
        return move(sku, { deltaMilli, place: storePlace, atMs, at: () => cloudTime(atMs) });
      }
      facts.push(item);
      const reading = readings.get(item.terminalId) ?? null;
      for (const { sku, deltaMilli } of movementsOf(item)) {
        const at = () => correctedTime(item.atMs, reading);
        move(sku, { deltaMilli, place: item, atMs: item.atMs, at });
      }
      if (item.type === "stock.counted") count(item);
      if (item.type === "clock.measured") {
        readings.set(item.terminalId, { ...item.payload, atMs: item.atMs });
      }
      const decision = decisionOf(item);
      if (decision === null) return;
      decisions.push(decision);
      const known = movements.get(decision.sku) ?? [];
      if (stocks.has(decision.sku)) settleDecision(stockFor(decision.sku), decision, known);
    },
    settled: () => new Map([...stocks].map(([sku, stock]) => [sku, shown(stock)])),
    reference: () =>
      new Map([...stockOf({ facts, storeMovements })].map(([sku, good]) => [sku, plain(good)])),
  };
}

function shown({ levelMilli, counts }: SettledStock) {
  return {
    levelMilli,
    counts: counts.map(({ mark, countedMilli, beforeMilli }) => ({
      countId: mark.countId,
      countedMilli,
      beforeMilli,
    })),
  };
}

function plain({ levelMilli, counts }: StockOfGood) {
  return { levelMilli, counts };
}

describe("[C2] settled stock is the reference's, in whatever order facts arrive", () => {
  it.each(Array.from({ length: 300 }, (_, i) => i + 1))("seed %i", (seed) => {
    const store = sampleStore(seed);
    const chance = chanceOf(seed * 7_919);
    const results = new Set<string>();
    for (let order = 0; order < 4; order++) {
      const keeper = createKeeper();
      const items = shuffled(store, chance);
      const half = Math.floor(items.length / 2);
      for (const item of items.slice(0, half)) keeper.take(item);
      expect(keeper.settled()).toEqual(keeper.reference());
      for (const item of items.slice(half)) keeper.take(item);
      expect(keeper.settled()).toEqual(keeper.reference());
      results.add(JSON.stringify(store.skus.map((sku) => keeper.settled().get(sku) ?? null)));
    }
    expect(results.size).toBe(1);
  });

  it("a good's movements and the variances of its counts add up to its level", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const { journals, storeMovements } = sampleStore(seed);
      const facts = journals.flat();
      for (const [sku, { levelMilli, counts }] of stockOf({ facts, storeMovements })) {
        const moved = [...facts.flatMap((fact) => [...movementsOf(fact)]), ...storeMovements]
          .filter((movement) => movement.sku === sku)
          .reduce((sum, { deltaMilli }) => sum + deltaMilli, 0);
        const variances = counts.reduce((sum, c) => sum + c.countedMilli - c.beforeMilli, 0);
        expect(moved + variances, `seed ${seed}, ${sku}`).toBe(levelMilli);
      }
    }
  });
});
