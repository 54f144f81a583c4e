import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../domain/facts/canonical.ts";
import type { AnyFact } from "../domain/facts/fact.ts";
import {
  type Chance,
  chanceOf,
  type SampleMovement,
  type SampleStore,
  sampleStore,
  shuffled,
  epochsApart,
} from "../domain/stock/sample-store.ts";
import { stockOf } from "../domain/stock/stock-of.ts";
import { type Ledger, ledgerOn } from "./ledger.ts";
import { openDatabase } from "./open-database.ts";
import { rebuildLedger, verifyLedger } from "./verify.ts";

/** The till whose ledger it is: the first that never began a new epoch; none: all are others. */
function ownTerminal({ journals }: SampleStore): string | null {
  const own = journals.find((journal) => journal.every(({ epoch }) => epoch === 1));
  return own?.[0]?.terminalId ?? null;
}

function take(ledger: Ledger, item: AnyFact | SampleMovement, own: string | null): void {
  ledger.write(() => {
    if (!("type" in item)) {
      ledger.sync.addStoreMovement(item);
      ledger.projections.applyStoreMovement(item);
    } else if (item.terminalId === own) {
      const { terminalId, epoch: _epoch, seq: _seq, ...fact } = item;
      ledger.append(terminalId, fact);
    } else {
      const body = canonicalJson(item as unknown as Json);
      const position = ledger.sync.addStoreFact(item, body);
      if (position !== null) ledger.projections.apply(item, -position);
    }
  });
}

function kept(ledger: Ledger, skus: readonly string[]) {
  const counts = ledger.database.prepare<[string], object>(
    `SELECT count_id AS countId, counted_milli AS countedMilli, before_milli AS beforeMilli
     FROM stock_count WHERE sku = ? ORDER BY counted_at_ms, count_id`,
  );
  const uncertain = ledger.database
    .prepare<[string], number>(
      "SELECT coalesce(sum(delta_milli), 0) FROM stock_uncertain WHERE sku = ?",
    )
    .pluck();
  return skus.map((sku) => ({
    sku,
    levelMilli: ledger.stock.levelMilli(sku),
    counts: counts.all(sku),
    uncertainMilli: uncertain.get(sku),
  }));
}

function expected(
  facts: readonly AnyFact[],
  storeMovements: readonly SampleMovement[],
  skus: readonly string[],
) {
  const goods = stockOf({ facts, storeMovements });
  return skus.map((sku) => {
    const { levelMilli = 0, counts = [], uncertain = [] } = goods.get(sku) ?? {};
    const uncertainMilli = uncertain.reduce((sum, { deltaMilli }) => sum + deltaMilli, 0);
    return { sku, levelMilli, counts, uncertainMilli };
  });
}

/** By way of a hub the later facts of another till come before its earlier ones. */
function lateByHub(
  items: readonly (AnyFact | SampleMovement)[],
  own: string | null,
  chance: Chance,
): readonly (AnyFact | SampleMovement)[] {
  const isLate = (item: AnyFact | SampleMovement) =>
    "type" in item && item.terminalId !== own && chance(4) === 0;
  const late = items.filter(isLate);
  const order = items.filter((item) => !late.includes(item));
  for (const item of late) order.splice(chance(order.length + 1), 0, item);
  return order;
}

const ways = [
  ["as their tills wrote them", (items: readonly (AnyFact | SampleMovement)[]) => items],
  ["[H3] as hubs bring them", lateByHub],
] as const;
const seeds = Array.from({ length: 50 }, (_, i) => i + 1);

describe.each(ways)("[C2] a ledger's stock is the reference's, facts coming %s", (_, bring) => {
  it.each(seeds)("seed %i", (seed) => {
    const store = sampleStore(seed);
    const own = ownTerminal(store);
    const chance = chanceOf(seed * 104_729);
    const ledger = ledgerOn(openDatabase(":memory:"));
    const facts: AnyFact[] = [];
    const movements: SampleMovement[] = [];
    const takeAll = (items: readonly (AnyFact | SampleMovement)[]) => {
      for (const item of items) {
        take(ledger, item, own);
        if ("type" in item) facts.push(item);
        else movements.push(item);
      }
    };
    const items = bring(shuffled(epochsApart(store), chance), own, chance);
    const half = Math.floor(items.length / 2);
    takeAll(items.slice(0, half));
    expect(kept(ledger, store.skus)).toEqual(expected(facts, movements, store.skus));
    takeAll(items.slice(half));
    const whole = expected(facts, movements, store.skus);
    expect(kept(ledger, store.skus)).toEqual(whole);
    expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ intact: true }));
    rebuildLedger(ledger);
    expect(kept(ledger, store.skus)).toEqual(whole);
    ledger.close();
  });
});
