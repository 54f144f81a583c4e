import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { sampleSale } from "../../domain/stock/sample-sale.ts";
import { stockOf } from "../../domain/stock/stock-of.ts";
import { ledgerOn } from "../../ledger/ledger.ts";
import { openDatabase } from "../../ledger/open-database.ts";
import { verifyLedger } from "../../ledger/verify.ts";
import { createSyncLedger } from "./sync-ledger.ts";

const terminalId = "01900000-0000-7000-8000-000000000001";
const startMs = Date.UTC(2026, 10, 23, 8);
const milk = "milk";

/** A till's ledger, and a second life of it that an older copy put an end to. */
function createForked() {
  const ledger = ledgerOn(openDatabase(":memory:"));
  const sync = createSyncLedger(ledger, { terminalId, storeId: "s", tillNumber: 1 });

  function made(life: number, seq: number, type: AnyFact["type"], payload: object) {
    const id = `0195d000-0000-7000-800${life}-${String(seq).padStart(12, "0")}`;
    const atMs = startMs + life * 3_600_000 + seq * 1_000;
    const shift = { businessDate: "2026-11-23", shiftId: id };
    return { ...shift, id, type, atMs, payload };
  }
  function sale(life: number, seq: number) {
    const saleId = `0195d001-0000-7000-800${life}-${String(seq).padStart(12, "0")}`;
    const receiptNumber = `1-${life}${String(seq).padStart(5, "0")}`;
    const parts = { saleId, receiptNumber, skus: [milk], quantityMilli: 1_000 };
    return made(life, seq, "sale.completed", sampleSale(parts));
  }
  function count(life: number, seq: number, pieces: number) {
    const lines = [{ sku: milk, countedMilli: pieces * 1_000, expectedMilli: 0 }];
    const countedAtMs = startMs + life * 3_600_000 + seq * 1_000;
    return made(life, seq, "stock.counted", { lines, countedAtMs, applied: [] });
  }
  return {
    ledger,
    sync,
    sale,
    count,
    /** What this life writes. */
    write(...facts: readonly object[]): void {
      for (const fact of facts) ledger.write(() => ledger.append(terminalId, fact as never));
    },
    /** What the cloud holds at a place: the feed brings it. */
    heldAt: (epoch: number, seq: number, fact: object): AnyFact =>
      ({ ...fact, terminalId, epoch, seq }) as unknown as AnyFact,
    feed(...facts: readonly AnyFact[]): void {
      const changes = facts.map((fact) => {
        return { kind: "fact" as const, body: canonicalJson(fact as unknown as Json) };
      });
      sync.applyChanges(changes, sync.cursor() + changes.length);
    },
    expectReference(facts: readonly AnyFact[]): void {
      const expected = stockOf({ facts, storeMovements: [] }).get(milk)?.levelMilli;
      expect(ledger.stock.levelMilli(milk)).toBe(expected);
      expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ intact: true }));
      ledger.close();
    },
  };
}

describe("[C2] [U2] a till whose older copy was put back counts like its cloud", () => {
  it("facts that travel again stand behind the lost ones", () => {
    const till = createForked();
    const { sale, count, heldAt } = till;
    const facts = { first: sale(1, 1), count: count(2, 2, 8), after: sale(2, 3) };
    const lost = [heldAt(1, 2, sale(1, 2)), heldAt(1, 3, sale(1, 3))];
    till.write(facts.first);
    till.sync.recordAck(till.sync.head(), [], 1);
    till.write(facts.count, facts.after);
    till.sync.openNewEpoch({ epoch: 1, seq: 3, hash: "f".repeat(64) }, 2);
    till.feed(...lost);
    till.expectReference([
      heldAt(1, 1, facts.first),
      ...lost,
      ...[heldAt(2, 1, facts.count), heldAt(2, 2, facts.after)],
    ]);
  });

  it("a fact that the cloud holds at its first place stands there, before the lost ones", () => {
    const till = createForked();
    const { sale, count, heldAt } = till;
    const facts = { first: sale(1, 1), count: count(1, 2, 8), after: sale(2, 3) };
    // The copy was made before the count was acknowledged; the life that was lost went on behind it.
    const held = heldAt(1, 2, facts.count);
    const lost = [heldAt(1, 3, sale(1, 3)), heldAt(1, 4, sale(1, 4))];
    till.write(facts.first);
    till.sync.recordAck(till.sync.head(), [], 1);
    till.write(facts.count, facts.after);
    till.sync.openNewEpoch({ epoch: 1, seq: 4, hash: "f".repeat(64) }, 2);
    till.feed(held, ...lost);
    till.expectReference([heldAt(1, 1, facts.first), held, ...lost, heldAt(2, 2, facts.after)]);
  });
});
