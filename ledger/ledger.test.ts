import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CompletedSale } from "../domain/sale/completed-sale.ts";
import { receiptNumberOf } from "../domain/sale/settle.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { LedgerInUseError } from "./open-database.ts";
import { rebuildLedger, verifyLedger } from "./verify.ts";

const terminalId = "01900000-0000-7000-8000-000000000001";
const shiftId = "01900000-0000-7000-8000-0000000000aa";

let folder: string;
let path: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-ledger-"));
  path = join(folder, "ledger.db");
  ledger = openLedger(path);
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function uuid(n: number): string {
  return `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;
}

function openShift(): void {
  ledger.write(() => {
    ledger.append(terminalId, {
      id: uuid(900),
      type: "shift.opened",
      atMs: 1,
      shiftId,
      businessDate: "2026-11-23",
      payload: { businessDate: "2026-11-23", floatMinor: 10_000 },
    });
  });
}

function sale(n: number, sku = "beans"): CompletedSale {
  return {
    saleId: uuid(n),
    receiptNumber: receiptNumberOf(1, n),
    currency: "EUR",
    pricesIncludeTax: true,
    lines: [
      {
        lineNo: 1,
        sku,
        name: "Espresso beans",
        quantityMilli: 2000,
        unit: "each",
        unitPriceMinor: 649,
        amountMinor: 1298,
        taxCategory: "reduced",
        taxRatePpm: 70_000,
      },
    ],
    totalMinor: 1298,
    netMinor: 1213,
    taxes: [{ category: "reduced", ratePpm: 70_000, netMinor: 1213, taxMinor: 85 }],
    tenders: [{ kind: "cash", amountMinor: 1500 }],
    changeMinor: 202,
  };
}

function sell(n: number): void {
  ledger.write(() => {
    ledger.append(terminalId, {
      id: uuid(1000 + n),
      type: "sale.completed",
      atMs: 1_000 + n,
      shiftId,
      businessDate: "2026-11-23",
      payload: sale(n),
    });
  });
}

/** Bypasses the triggers, as a vandal with a database browser would. */
function vandalise(sql: string): void {
  const triggers = ledger.database
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    )
    .all();
  for (const { name } of triggers) ledger.database.exec(`DROP TRIGGER ${name}`);
  ledger.database.exec(sql);
  for (const trigger of triggers) ledger.database.exec(trigger.sql);
}

describe("durability", () => {
  it("runs with synchronous = FULL after the first write, in WAL", () => {
    openShift();
    expect(ledger.database.pragma("synchronous", { simple: true })).toBe(2);
    expect(ledger.database.pragma("journal_mode", { simple: true })).toBe("wal");
  });

  it("keeps what was committed when it is opened again", () => {
    openShift();
    sell(1);
    const { hash } = ledger.journal.head();
    ledger.close();
    ledger = openLedger(path);
    expect(ledger.journal.head()).toMatchObject({ seq: 2, hash });
    expect(ledger.stock.levelMilli("beans")).toBe(-2000);
  });

  it("refuses a second opening with a message that says what to do", () => {
    expect(() => openLedger(path)).toThrow(LedgerInUseError);
    expect(() => openLedger(path)).toThrow(/--data/);
  });

  it("[H3] takes back how far it read at a hub: what did not come to be kept is read again", () => {
    const mark = { hubId: "hub", epoch: 1, seq: 0, hash: "0".repeat(64), cursor: 3 };
    ledger.write(() => ledger.hubMark.put(mark));
    const fail = () => {
      ledger.hubMark.put({ ...mark, cursor: 9 });
      throw new Error("the disk is full");
    };
    expect(() => ledger.write(fail)).toThrow("the disk is full");
    expect(ledger.hubMark.get()).toEqual(mark);
  });

  it("takes back everything when a write fails half-way", () => {
    openShift();
    expect(() =>
      ledger.write(() => {
        ledger.append(terminalId, {
          id: uuid(7),
          type: "sale.completed",
          atMs: 5,
          shiftId,
          businessDate: "2026-11-23",
          payload: sale(1),
        });
        throw new Error("power cut");
      }),
    ).toThrow("power cut");
    expect(ledger.journal.head().seq).toBe(1);
    expect(ledger.stock.levelMilli("beans")).toBe(0);
    sell(1);
    expect(verifyLedger(ledger)).toMatchObject({ intact: true, facts: 2 });
  });
});

describe("the journal", () => {
  it("refuses to change or delete a fact", () => {
    openShift();
    expect(() => ledger.database.exec("UPDATE journal SET body = '{}'")).toThrow("append-only");
    expect(() => ledger.database.exec("DELETE FROM journal")).toThrow("append-only");
  });

  it("refuses a gap", () => {
    openShift();
    const copy =
      "INSERT INTO journal SELECT position + 5, epoch, seq, type, at_ms, carries, body, prev_hash, hash FROM journal";
    expect(() => ledger.database.exec(copy)).toThrow("gap-free");
  });

  it("carries unsent facts into a new epoch without folding them twice", () => {
    openShift();
    sell(1);
    sell(2);
    ledger.write(() => ledger.journal.openEpoch(2, 99, "the cloud knows another past"));
    expect(ledger.journal.head()).toMatchObject({ epoch: 2, seq: 1, position: 4 });
    expect(ledger.journal.entries(2, 0, 10)).toHaveLength(1);
    sell(3);
    expect(ledger.journal.head()).toMatchObject({ epoch: 2, seq: 2, position: 5 });
    expect(ledger.stock.levelMilli("beans")).toBe(-6000);
    expect(verifyLedger(ledger)).toMatchObject({ intact: true, facts: 5 });
    ledger.close();
    ledger = openLedger(path);
    expect(ledger.journal.head()).toMatchObject({ epoch: 2, seq: 2 });
  });
});

describe("verify and rebuild", () => {
  beforeEach(() => {
    openShift();
    for (let n = 1; n <= 5; n++) sell(n);
  });

  it("finds nothing wrong with a healthy ledger", () => {
    const { hash } = ledger.journal.head();
    expect(verifyLedger(ledger)).toEqual({ intact: true, facts: 6, headHash: hash });
  });

  it.each([
    ["a changed fact", "UPDATE journal SET body = replace(body, '1298', '1198') WHERE seq = 3", 3],
    ["a removed fact", "DELETE FROM journal WHERE seq = 3", 4],
    ["a cut end and a forged fact", "UPDATE journal SET prev_hash = zeroblob(32) WHERE seq = 5", 5],
  ])("names the first broken seq of %s", (_, sql, seq) => {
    vandalise(sql);
    const verdict = verifyLedger(ledger);
    expect(verdict).toMatchObject({ intact: false, problem: { kind: "chain", seq } });
  });

  it("finds a projection that was tampered with, and rebuild mends it", () => {
    ledger.database.exec("UPDATE stock_level SET quantity_milli = 7");
    ledger.database.exec("UPDATE perpetual SET grand_total_minor = 1");
    expect(verifyLedger(ledger)).toMatchObject({
      intact: false,
      problem: { kind: "projection", table: "stock_level" },
    });
    expect(rebuildLedger(ledger)).toBe(6);
    expect(verifyLedger(ledger)).toMatchObject({ intact: true });
    expect(ledger.shifts.perpetual()).toMatchObject({ receipts: 5, grandTotalMinor: 6490 });
  });

  it("keeps running totals of the shift", () => {
    expect(ledger.shifts.totals(shiftId)).toMatchObject({
      sales: 5,
      grossMinor: 6490,
      cashMinor: 6490,
      firstReceiptNumber: "1-000001",
      lastReceiptNumber: "1-000005",
      taxes: [{ category: "reduced", ratePpm: 70_000, netMinor: 6065, taxMinor: 425 }],
    });
  });
});
