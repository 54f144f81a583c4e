import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import { type Ledger, openLedger } from "../../ledger/ledger.ts";
import { rebuildLedger, verifyLedger } from "../../ledger/verify.ts";
import type { SyncLedger } from "../../sync/engine/ports.ts";
import type { Change } from "../../sync/protocol/wire.ts";
import { createSyncLedger } from "./sync-ledger.ts";

const terminal = {
  terminalId: "01900000-0000-7000-8000-000000000001",
  storeId: "store",
  tillNumber: 1,
};
const otherTill = "01900000-0000-7000-8000-000000000002";
const zeroHash = "0".repeat(64);

let ledger: Ledger;
let sync: SyncLedger;

beforeEach(() => {
  ledger = openLedger(":memory:");
  sync = createSyncLedger(ledger, terminal);
});

afterEach(() => {
  ledger.close();
});

function write(count: number): void {
  for (let i = 0; i < count; i++) {
    const seq = ledger.journal.head().seq + 1;
    ledger.write(() => {
      ledger.append(terminal.terminalId, {
        id: `id-${seq}`,
        type: "drawer.no-sale",
        atMs: seq * 1000,
        payload: { reason: "change for a customer" },
      });
    });
  }
}

/** A sale of another till, as the feed carries it. */
function saleOfTill2(seq: number, quantityMilli: number): string {
  return canonicalJson({
    ...{ terminalId: otherTill, epoch: 1, seq, id: `f-${seq}`, type: "sale.completed", atMs: seq },
    ...{ businessDate: "2026-11-23", shiftId: "s" },
    payload: {
      saleId: `01900000-0000-7000-8000-0000000001${String(seq).padStart(2, "0")}`,
      receiptNumber: `2-00000${seq}`,
      ...{ currency: "EUR", pricesIncludeTax: true, totalMinor: 649, netMinor: 649, taxes: [] },
      ...{ tenders: [{ kind: "cash", amountMinor: 649 }], changeMinor: 0 },
      lines: [{ lineNo: 1, sku: "beans", name: "Beans", quantityMilli, unit: "each" }],
    },
  });
}

/** A reprint by till 2, with its place in that till's chain. */
function reprintOfTill2(seq: number, saleId: string): string {
  const payload = { saleId, receiptNumber: "2-000001", copy: 1 };
  const about = { terminalId: otherTill, epoch: 1, seq, id: `r-${seq}`, atMs: seq };
  return canonicalJson({ ...about, type: "receipt.reprinted", payload });
}

describe("copies of a receipt", () => {
  const saleId = "01900000-0000-7000-8000-000000000101";

  it("[H3] are counted where the reprint is heard of before its sale", () => {
    sync.applyChanges([{ kind: "fact", body: reprintOfTill2(2, saleId) }], 1);
    sync.applyChanges([{ kind: "fact", body: saleOfTill2(1, 1_000) }], 2);
    expect(ledger.receipts.bySaleId(saleId)?.copies).toBe(1);
    expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ intact: true }));
  });

  it("of another till's sale are the same in a new fold, which meets our journal first", () => {
    sync.applyChanges([{ kind: "fact", body: saleOfTill2(1, 1_000) }], 1);
    ledger.write(() => {
      const payload = { saleId, receiptNumber: "2-000001", copy: 1 };
      const reprint = { id: "id-1", type: "receipt.reprinted", atMs: 1, payload } as const;
      ledger.append(terminal.terminalId, reprint);
    });
    expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ intact: true }));
    rebuildLedger(ledger);
    expect(ledger.receipts.bySaleId(saleId)?.copies).toBe(1);
  });
});

describe("the outbox", () => {
  it("[U1] is the journal past the mark, in order, within the limits", () => {
    write(5);
    const all = sync.unsent(0, { maxCount: 10, maxBytes: 1_000_000 });
    expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(sync.unsent(2, { maxCount: 2, maxBytes: 1_000_000 }).map(({ seq }) => seq)).toEqual([
      3, 4,
    ]);
    expect(sync.unsent(0, { maxCount: 10, maxBytes: 1 })).toHaveLength(1);
    expect(sync.backlog()).toEqual({ count: 5, oldestAtMs: 1000 });
  });

  it("[U5] moves the mark only to what was written here, and keeps what was parked", () => {
    write(3);
    const second = ledger.journal.entries(1, 1, 1)[0];
    sync.recordAck(
      { epoch: 1, seq: 2, hash: second?.hash ?? "" },
      [
        { seq: 1, verdict: "applied" },
        { seq: 2, verdict: "parked", reason: "unknown type" },
      ],
      5_000,
    );
    expect(sync.acked()).toMatchObject({ seq: 2, provedAtMs: null });
    expect(sync.backlog()).toEqual({ count: 1, oldestAtMs: 3000 });
    expect(ledger.sync.parked()).toEqual([{ epoch: 1, seq: 2, reason: "unknown type" }]);
    expect(() => sync.recordAck({ epoch: 1, seq: 4, hash: zeroHash }, [], 0)).toThrow(
      "no more than",
    );
    sync.recordAck(sync.head(), [], 6_000);
    expect(sync.acked()).toMatchObject({ seq: 3, provedAtMs: 6_000 });
  });

  it("[U2] a forked chain continues in a new epoch; what was unsent travels again", () => {
    write(3);
    const first = ledger.journal.entries(1, 0, 1)[0];
    sync.recordAck({ epoch: 1, seq: 1, hash: first?.hash ?? "" }, [], 1);
    sync.openNewEpoch({ epoch: 1, seq: 9, hash: zeroHash }, 2);
    expect(sync.head()).toMatchObject({ epoch: 2, seq: 2 });
    expect(sync.acked()).toMatchObject({ epoch: 2, seq: 0, hash: zeroHash });
    const ids = sync
      .unsent(0, { maxCount: 10, maxBytes: 1_000_000 })
      .map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(ids).toEqual(["id-2", "id-3"]);
    expect(sync.past()).toMatchObject([{ epoch: 1, seq: 3 }]);
    expect(sync.unsent(2, { maxCount: 9, maxBytes: 1e9 }, 1)).toMatchObject([
      { seq: 3, hash: sync.past()[0]?.hash },
    ]);
    expect(verifyLedger(ledger)).toMatchObject({ intact: true });
  });
});

describe("the feed", () => {
  it("[D1] applies a page and its cursor together or not at all", () => {
    const bad = { kind: "fact", body: "not json" } as const;
    const product: Extract<Change, { kind: "product" }>["product"] = {
      ...{ sku: "beans", name: "Beans", priceMinor: 649, taxCategory: "reduced" },
      gtins: [],
      unit: "each",
    };
    expect(() => sync.applyChanges([{ kind: "product", product }, bad], 2)).toThrow();
    expect(sync.cursor()).toBe(0);
    expect(ledger.catalogue.bySku("beans")).toBeNull();
    sync.applyChanges([{ kind: "product", product }], 1);
    expect(sync.cursor()).toBe(1);
    expect(ledger.catalogue.bySku("beans")?.priceMinor).toBe(649);
  });

  it("[D3] adds other tills' facts once, skips our own, and touches nothing of ours", () => {
    write(1);
    const before = sync.head();
    const theirs = { kind: "fact", body: saleOfTill2(1, 2000) } as const;
    const ours = { kind: "fact", body: ledger.journal.entries(1, 0, 1)[0]?.body ?? "" } as const;
    sync.applyChanges([theirs, ours], 2);
    sync.applyChanges([theirs], 3);
    expect(sync.head()).toEqual(before);
    expect(ledger.stock.levelMilli("beans")).toBe(-2000);
    expect(ledger.receipts.byNumber("2-000001")?.fact.terminalId).toBe(otherTill);
  });

  it("[D1] a sale of the online channel, which has no shift, stands in nobody's way", () => {
    const {
      shiftId: _,
      businessDate: __,
      ...body
    } = JSON.parse(saleOfTill2(1, 2000)) as Record<string, Json>;
    sync.applyChanges([{ kind: "fact", body: canonicalJson(body) }], 1);
    expect(ledger.stock.levelMilli("beans")).toBe(-2000);
    expect(verifyLedger(ledger)).toMatchObject({ intact: true });
  });

  it("[D3] takes back a sale of ours that the journal has lost, and never its number again", () => {
    write(1);
    const lost = saleOfTill2(4, 3000).replace(otherTill, terminal.terminalId);
    sync.applyChanges([{ kind: "fact", body: lost }], 1);
    sync.applyChanges([{ kind: "fact", body: lost }], 2);
    expect(ledger.stock.levelMilli("beans")).toBe(-3000);
    expect(ledger.receipts.highestNumber(2)).toBe(4);
    expect(ledger.receipts.highestNumber(1)).toBe(0);
    expect(verifyLedger(ledger)).toMatchObject({ intact: true, facts: 1 });
    rebuildLedger(ledger);
    expect(ledger.stock.levelMilli("beans")).toBe(-3000);
  });

  it("[V2] a fact of a newer till is kept, and folded by the first program that knows it", () => {
    const body = saleOfTill2(1, 2_000);
    const newer = body.replace("sale.completed", "sale.imagined");
    sync.applyChanges([{ kind: "fact", body: newer }], 1);
    expect(ledger.snapshot.passedOver()).toMatchObject([{ kind: "fact:sale.imagined", times: 1 }]);
    sync = createSyncLedger(ledger, terminal);
    expect(ledger.snapshot.passedOver()).toHaveLength(1);
    // The program after it calls it by a name that it knows.
    ledger.database.prepare("UPDATE store_fact SET body = ?").run(body);
    ledger.database.exec("UPDATE passed_over SET kind = 'fact:sale.completed'");
    sync = createSyncLedger(ledger, terminal);
    expect(ledger.snapshot.passedOver()).toEqual([]);
    expect(ledger.stock.levelMilli("beans")).toBe(-2_000);
    expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ intact: true }));
  });

  it("[D1] two receipts of another till with one id do not stop the feed", () => {
    const first = saleOfTill2(1, 1_000);
    const second = saleOfTill2(2, 1_000).replace("000000000102", "000000000101");
    sync.applyChanges(
      [first, second].map((body) => ({ kind: "fact", body })),
      2,
    );
    expect(ledger.receipts.byNumber("2-000001")).not.toBeNull();
    expect(ledger.stock.levelMilli("beans")).toBe(-2_000);
    expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ intact: true }));
  });

  it("[D1] two receipts of another till with one number do not stop the feed", () => {
    const again = saleOfTill2(2, 1000).replace("2-000002", "2-000001");
    const changes = [saleOfTill2(1, 2000), again].map((body) => ({ kind: "fact", body }) as const);
    sync.applyChanges(changes, 2);
    expect(ledger.receipts.list({ limit: 10, offset: 0 })).toHaveLength(2);
    expect(ledger.receipts.byNumber("2-000001")?.fact.seq).toBe(2);
    expect(ledger.stock.levelMilli("beans")).toBe(-3000);
  });

  it("[D3] another till's closed shift is known by its number and counts no Z of ours", () => {
    const of = (seq: number, type: string, payload: Json) =>
      ({
        kind: "fact",
        body: canonicalJson({
          ...{ terminalId: otherTill, epoch: 1, seq, id: `s-${seq}`, type, atMs: seq, payload },
          ...(seq === 1 ? {} : { shiftId: "theirs", businessDate: "2026-11-23" }),
        }),
      }) as const;
    const enrolled = { storeId: "store", tillNumber: 2, program: "test" };
    sync.applyChanges(
      [
        of(1, "terminal.enrolled", enrolled),
        of(2, "shift.opened", { businessDate: "2026-11-23", floatMinor: 0 }),
        of(3, "shift.closed", { z: { zNumber: 1 } }),
      ],
      3,
    );
    expect(ledger.shifts.list(10, 0)).toMatchObject([{ tillNumber: 2, z: { zNumber: 1 } }]);
    expect(ledger.shifts.perpetual().zReports).toBe(0);
  });

  it("[C1] stock is the sum of everybody's movements, in any order, and rebuilds the same", () => {
    const opening: Change = {
      kind: "movement",
      ...{ movementId: "m1", sku: "beans", deltaMilli: 10_000, atMs: 1 },
      reason: "opening",
    };
    sync.applyChanges([{ kind: "fact", body: saleOfTill2(2, 1000) }, opening], 2);
    sync.applyChanges([opening, { kind: "fact", body: saleOfTill2(1, 3000) }], 4);
    expect(ledger.stock.levelMilli("beans")).toBe(6000);
    rebuildLedger(ledger);
    expect(ledger.stock.levelMilli("beans")).toBe(6000);
    expect(verifyLedger(ledger)).toMatchObject({ intact: true });
  });
});
