import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { demoPeople, demoStore } from "../../../cloud-infra/local/demo-store.ts";
import type { Fact } from "../../../domain/facts/fact.ts";
import { openLedger } from "../../../ledger/ledger.ts";
import { verifyLedger } from "../../../ledger/verify.ts";
import { createHost } from "../../create-host.ts";
import { testWorld } from "../../test-world.ts";
import { noProgress } from "./progress.ts";
import { salesTitles, totalsOfFile, totalsOfLedger } from "./replay-fixture.ts";
import { type FileRungUp, ringUpFile } from "./ring-up-file.ts";
import { surveySalesFile } from "./sales-file.ts";
import { createTillCalls } from "./till-calls.ts";

const terminal = {
  terminalId: "01900000-0000-7000-8000-000000000001",
  storeId: "01900000-0000-7000-8000-0000000000ff",
  tillNumber: 3,
};
const manager = { personId: demoPeople[2].personId, pin: demoPeople[2].pin };
const log = { info() {}, warn() {}, error() {} };
const store = await demoStore();

let folder: string;
let ledgerPath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-replay-"));
  ledgerPath = join(folder, "ledger.sqlite");
  const ledger = openLedger(ledgerPath);
  ledger.write(() => {
    ledger.settings.set("store", store.settings);
    for (const person of store.people) ledger.people.upsert(person);
  });
  ledger.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(rows: readonly string[]): string {
  const path = join(folder, "sales.csv");
  writeFileSync(path, [salesTitles, ...rows].join("\n"));
  return path;
}

async function ringUp(path: string): Promise<FileRungUp> {
  const file = await surveySalesFile(path, { dateOrder: null });
  if (!file.ok) throw new Error(file.failure);
  return ringUpFile({
    ...{ file: file.value, ledgerPath, terminal, manager, log, progress: noProgress },
  });
}

function facts<T extends "sale.completed" | "return.completed" | "shift.closed" | "product.added">(
  ...types: readonly T[]
): Fact<T>[] {
  const ledger = openLedger(ledgerPath);
  try {
    expect(verifyLedger(ledger)).toMatchObject({ intact: true });
    return [...ledger.journal.rows(1)]
      .map(({ body }) => JSON.parse(body) as Fact<T>)
      .filter(({ type }) => types.includes(type));
  } finally {
    ledger.close();
  }
}

const day = "2010-12-01 08:26:00";

describe("ringing up a file", () => {
  it("makes a sale of an invoice, with its goods, open items and prices", async () => {
    const path = write([
      `536365,85123A,HEART,6,${day},2.55`,
      `536365,POST,POSTAGE,1,${day},18.00`,
      `536365,85123A,HEART,1,${day},2.10`,
      `536365,22423,,2,${day},0`,
    ]);
    expect(await ringUp(path)).toMatchObject({
      ...{ invoices: 1, sales: 1, returns: 0, lines: 4, units: 10, unitsReturned: 0 },
      ...{ grossTotalMinor: 3540, returnsTotalMinor: 0, goodsAdded: 2, rowsRefused: [] },
    });
    const [sale] = facts("sale.completed");
    expect(sale?.atMs).toBe(Date.parse("2010-12-01T07:26:00Z"));
    expect(sale?.businessDate).toBe("2010-12-01");
    expect(sale?.payload).toMatchObject({
      totalMinor: 3540,
      receiptNumber: "3-000001",
      tenders: [{ kind: "cash", amountMinor: 3540 }],
      lines: [
        { sku: "85123A", name: "HEART", quantityMilli: 6000, unitPriceMinor: 255 },
        { sku: null, name: "POSTAGE", amountMinor: 1800 },
        { sku: "85123A", unitPriceMinor: 210 },
        { sku: "22423", name: "22423", quantityMilli: 2000, amountMinor: 0 },
      ],
    });
    expect(facts("product.added").map(({ payload }) => payload)).toMatchObject([
      { sku: "85123A", name: "HEART", priceMinor: null, taxCategory: "standard" },
      { sku: "22423", name: "22423", priceMinor: null },
    ]);
  });

  it("makes a return of an invoice whose pieces come back, at their price and at none", async () => {
    const path = write([
      `C536379,D,Discount,-1,${day},27.50`,
      `C536379,22423,CAKE STAND,-3,${day},12.75`,
      `536589,21777,,-10,${day},0.0`,
    ]);
    expect(await ringUp(path)).toMatchObject({
      ...{ invoices: 2, sales: 0, returns: 2, units: 0, unitsReturned: -14 },
      ...{ grossTotalMinor: 0, returnsTotalMinor: -6575 },
    });
    const [first, second] = facts("return.completed");
    expect(first?.payload).toMatchObject({
      totalMinor: -6575,
      tenders: [{ kind: "cash", amountMinor: -6575 }],
      lines: [
        { sku: null, quantityMilli: -1000, returnReason: "Invoice C536379" },
        { sku: "22423", quantityMilli: -3000 },
      ],
    });
    expect(second?.payload).toMatchObject({ totalMinor: 0, tenders: [] });
    const ledger = openLedger(ledgerPath);
    expect(ledger.stock.levelMilli("22423")).toBe(3000);
    ledger.close();
  });

  it("gives back what is left of an invoice that sells and takes back", async () => {
    const path = write([`1,22423,STAND,1,${day},5.00`, `1,22424,OTHER,-2,${day},4.00`]);
    expect(await ringUp(path)).toMatchObject({
      ...{ invoices: 1, sales: 1, returns: 0, grossTotalMinor: 500, returnsTotalMinor: -800 },
    });
    expect(facts("sale.completed")[0]?.payload).toMatchObject({ totalMinor: -300 });
  });

  it("takes more cash than one tender holds in parts", async () => {
    const path = write([`1,22423,STAND,999999,${day},25.00`]);
    expect(await ringUp(path)).toMatchObject({ grossTotalMinor: 2_499_997_500 });
    const tenders = facts("sale.completed")[0]?.payload.tenders;
    expect(tenders?.map(({ amountMinor }) => amountMinor)).toEqual([
      ...[999_999_999, 999_999_999, 499_997_502],
    ]);
  });

  it("counts and closes a shift a day, also one that gave back more than it took in", async () => {
    const path = write([
      `1,22423,STAND,1,${day},5.00`,
      "C2,22423,STAND,-2,2010-12-02 09:00:00,5.00",
      "3,22423,STAND,1,2010-12-04 23:59:59,5.00",
    ]);
    await ringUp(path);
    const closed = facts("shift.closed").map(({ payload }) => payload);
    expect(closed.map(({ z }) => [z.businessDate, z.expectedMinor, z.countedMinor])).toEqual([
      ["2010-12-01", 500, 500],
      ["2010-12-02", -1000, 0],
      ["2010-12-04", 500, 500],
    ]);
    expect(closed.map(({ reason }) => reason === undefined)).toEqual([true, false, true]);
    expect(closed[0]?.z.closedAtMs).toBe(Date.parse("2010-12-01T07:26:00Z"));
  });

  it("prints nothing later: no job is left for a printer of tomorrow", async () => {
    await ringUp(write([`1,22423,STAND,1,${day},5.00`]));
    const ledger = openLedger(ledgerPath);
    expect(ledger.printJobs.counts()).toEqual({ waiting: 0, unknown: 0, failed: 0 });
    ledger.close();
  });

  it("agrees with the committed sample to the penny, and again when it is run again", async () => {
    const sample = join(import.meta.dirname, "../../../data/uci-sample.csv.gz");
    const expected = totalsOfFile(sample);
    expect(expected.grossTotalMinor).toBeGreaterThan(0);
    expect(expected.returnsTotalMinor).toBeLessThan(0);
    const first = await ringUp(sample);
    expect(first).toMatchObject({ ...expected, invoicesThere: 0, invoicesRefused: 2 });
    const { lines: _, ...documents } = expected;
    expect(totalsOfLedger(ledgerPath)).toEqual(documents);
    const again = await ringUp(sample);
    expect(again).toEqual({ ...first, invoicesThere: first.invoices, goodsAdded: 0 });
    expect(totalsOfLedger(ledgerPath)).toEqual(documents);
  }, 60_000);

  it("takes from a longer file only what is new, and knows an invoice that was changed", async () => {
    const first = `1,22423,STAND,1,${day},5.00`;
    await ringUp(write([first]));
    const longer = await ringUp(write([first, `2,22423,STAND,1,${day},5.00`]));
    expect(longer).toMatchObject({ invoices: 2, invoicesThere: 1, grossTotalMinor: 1000 });
    await ringUp(write([`1,22423,STAND,2,${day},5.00`]));
    expect(totalsOfLedger(ledgerPath)).toMatchObject({ invoices: 3, grossTotalMinor: 2000 });
  });

  it("rings a line up as an open item where the store sells that code at a price of its own", async () => {
    const ledger = openLedger(ledgerPath);
    ledger.write(() => {
      const priced = { sku: "22423", name: "Other", gtins: [], priceMinor: 999 };
      ledger.catalogue.upsert({ ...priced, unit: "each", taxCategory: "standard" });
    });
    ledger.close();
    expect(await ringUp(write([`1,22423,STAND,1,${day},5.00`]))).toMatchObject({
      ...{ grossTotalMinor: 500, goodsAdded: 0 },
    });
    expect(facts("sale.completed")[0]?.payload.lines).toMatchObject([{ sku: null, name: "STAND" }]);
  });
});

describe("a till that is somebody's", () => {
  async function asCashier(work: (till: ReturnType<typeof createTillCalls>) => Promise<unknown>) {
    const options = { ledgerPath, locale: "en", enrolled: terminal, program: "test" };
    const host = createHost(testWorld(1), options);
    const till = createTillCalls(host);
    await till.ask("session.sign-in", { personId: demoPeople[0].personId, pin: "1111" });
    await till.ask("shift.open", { floatMinor: 5000 });
    await work(till);
    await host.close();
  }
  const path = () => write([`1,22423,STAND,1,${day},5.00`]);

  it("with a sale on its counter is left alone", async () => {
    await asCashier((till) =>
      till.ask("cart.add-open-item", { name: "X", unitPriceMinor: 1, taxCategory: "standard" }),
    );
    await expect(ringUp(path())).rejects.toThrow("A sale is open at this till");
  });

  it("with a shift of its own is left alone", async () => {
    await asCashier(async () => {});
    await expect(ringUp(path())).rejects.toThrow("The shift of 2026-11-23 is open");
  });
});
