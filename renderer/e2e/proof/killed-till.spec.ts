import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { askTill } from "../ask-till.ts";
import type { CompletedSale } from "../../../domain/sale/completed-sale.ts";
import { type DemoGood, goodsToSell, sumMinor } from "../demo-goods.ts";
import { type Till } from "../fixtures.ts";
import { startStore } from "../store-process.ts";
import { openToSell } from "./openings.ts";
import { scanAll } from "./scan-all.ts";
import { childrenOf } from "../../../host/node/start-fixture.ts";
import { chance, given } from "./chance.ts";
import { expect, type Household, type TillProgram, test } from "./household.ts";
import { originalsOf, readLedger, readPaper, readServer } from "./records.ts";
import { keepPicture } from "./screen.ts";

/** More rounds by `EVERTILL_KILLS`, another day by `EVERTILL_SEED`. */
const rounds = given("EVERTILL_KILLS", 20);
const seed = given("EVERTILL_SEED", 20_261_123);

test("killed in the middle of a cart: the cart is back, and the same person goes on", async ({
  page,
  household,
}) => {
  await household.startStoreServer();
  await household.startDevices();
  const program = await household.startTill();
  const till = await openToSell(page, program.ready.register, household);
  const goods = goodsToSell(3);
  await scanAll(till, goods.slice(0, 2));
  await program.kill();
  await expect(page.locator("[data-chip=till]")).toBeVisible();
  await keepPicture(page, "e-till-killed");

  // Scanned while there is no till: kept, and rung up when it is back.
  await till.scan(goods[2]?.gtin ?? "");
  await household.startTill();
  await till.expectTotal(sumMinor(goods));
  await expect(till.lines).toHaveCount(3);
  await expect(page.locator("[data-chip=till]")).toBeHidden();
  await keepPicture(page, "e-cart-is-back");
  await till.control("PAY", "CASH");
  await expect(till.change).toHaveAttribute("data-change", "0");
});

test("npm start brings a killed till back by itself, and the open page with it", async ({
  page,
  dataFolder,
}) => {
  const store = await startStore(dataFolder);
  try {
    const till = await openToSell(page, store.register, store);
    const goods = goodsToSell(2);
    await scanAll(till, goods);
    const { till: first } = childrenOf(store.child.pid ?? 0);
    process.kill(first, "SIGKILL");
    await expect(page.locator("[data-chip=till]")).toBeVisible();
    await till.control("PAY", "CASH");
    await expect(till.change).toHaveAttribute("data-change", "0", { timeout: 15_000 });
    expect(childrenOf(store.child.pid ?? 0).till).not.toBe(first);
    expect(store.said()).toContain("The till stopped (SIGKILL)");
    expect(await askTill(page, "receipt.list", {})).toHaveLength(1);
  } finally {
    await store.stop();
  }
});

test(`killed while completing, at ${rounds} instants: there once or still to pay (seed ${seed})`, async ({
  page,
  household,
}) => {
  test.setTimeout(60_000 + rounds * 6_000);
  const day = await openDay(page, household);
  // How long it takes from the scan of CASH until the paper is torn off, here and now.
  const windowMs = await measure(day);
  const pick = chance(seed);
  for (let round = 0; round < rounds; round++) {
    const first = pick.below(40);
    const goods = goodsToSell(45).slice(first, first + 1 + pick.below(3));
    await ringUpAndKill(day, { goods, split: pick.below(3) === 0, afterMs: pick.below(windowMs) });
  }
  await expectSettled(day);
});

interface Day {
  readonly page: Page;
  readonly household: Household;
  readonly till: Till;
  program: TillProgram;
  /** Sales completed so far. */
  sold: number;
}

async function openDay(page: Page, household: Household): Promise<Day> {
  await household.startStoreServer();
  await household.startDevices();
  const program = await household.startTill();
  const till = await openToSell(page, program.ready.register, household);
  return { page, household, till, program, sold: 0 };
}

async function measure(day: Day): Promise<number> {
  const { till, page, household } = day;
  const goods = goodsToSell(2);
  await scanAll(till, goods);
  await till.control("PAY");
  await expect(till.due).toBeVisible();
  const startedMs = performance.now();
  await till.control("CASH");
  await expect(till.change).toBeVisible();
  await expect.poll(() => readPaper(household.folder).length, { intervals: [2] }).toBe(1);
  await expect(page.locator("[data-chip=printer]")).not.toContainText("waiting");
  day.sold++;
  return Math.ceil(1.2 * (performance.now() - startedMs));
}

interface Round {
  readonly goods: readonly DemoGood[];
  /** Part of the money is taken first; the kill is at the part that completes. */
  readonly split: boolean;
  readonly afterMs: number;
}

async function ringUpAndKill(day: Day, { goods, split, afterMs }: Round): Promise<void> {
  const { till, household, page } = day;
  const totalMinor = sumMinor(goods);
  await scanAll(till, goods);
  await till.control("PAY");
  await expect(till.due).toHaveAttribute("data-due", String(totalMinor));
  if (split) {
    await till.control("5", "CASH");
    await expect(till.due).toHaveAttribute("data-due", String(totalMinor - 5));
    await expect(page.locator("[data-cash]").first()).toBeEnabled();
  }
  const paying = till.control("CASH");
  await pause(afterMs);
  await day.program.kill();
  await paying;

  const left = readLedger(household.folder);
  expect(left.verdict).toMatchObject({ intact: true });
  expectGapFree(left.sales);
  if (left.sales.length === day.sold) {
    expect(left.cart?.lines.map(({ sku }) => sku)).toEqual(goods.map(({ sku }) => sku));
    expect(left.cart?.tenders.map(({ amountMinor }) => amountMinor)).toEqual(split ? [5] : []);
  } else {
    expect(left.sales).toHaveLength(day.sold + 1);
    expect(left.sales.at(-1)).toMatchObject({ totalMinor, changeMinor: 0 });
    expect(left.cart).toBeNull();
  }

  // The screen sends the same command again, with the same id: once more or for the first time.
  day.program = await household.startTill();
  await expect(till.change).toHaveAttribute("data-change", "0", { timeout: 15_000 });
  day.sold++;
  expect((await askTill(page, "today.view", {})).sales).toBe(day.sold);
}

function expectGapFree(sales: readonly CompletedSale[]): void {
  expect(sales.map(({ receiptNumber }) => Number(receiptNumber.split("-")[1]))).toEqual(
    sales.map((_, i) => i + 1),
  );
}

/** At rest: every sale once in the ledger and at the server, and on paper once, or nobody knows and says so. */
async function expectSettled({ page, household, program }: Day): Promise<void> {
  // What the chips say is the till's own word again.
  await expect(page.locator("[data-chip=till]")).toBeHidden();
  await expect(page.locator("[data-chip=printer]")).not.toContainText("waiting", {
    timeout: 20_000,
  });
  await expect(page.locator("[data-chip=network]")).toContainText("all proved", {
    timeout: 20_000,
  });
  await keepPicture(page, "e-after-the-kills");
  await program.stop();
  const { verdict, sales, printJobs, cart } = readLedger(household.folder);
  expect(verdict).toMatchObject({ intact: true });
  expect(cart).toBeNull();
  expectGapFree(sales);
  const numbers = sales.map(({ receiptNumber }) => receiptNumber);
  expect(numbers).toHaveLength(rounds + 1);
  expect(readServer(household.folder).receiptNumbers).toEqual(numbers);
  const papers = readPaper(household.folder);
  const tally = { printed: 0, unknown: 0 };
  for (const { saleId, receiptNumber } of sales) {
    const jobs = printJobs.filter(
      ({ content }) => content.kind === "receipt" && content.saleId === saleId,
    );
    expect(jobs).toHaveLength(1);
    const state = jobs[0]?.state;
    const times = originalsOf(papers, receiptNumber).length;
    expect(["printed", "unknown"]).toContain(state);
    expect(times, `${receiptNumber} is ${state}`).toBeLessThanOrEqual(1);
    if (state === "printed") expect(times, `${receiptNumber} is printed`).toBe(1);
    tally[state === "printed" ? "printed" : "unknown"]++;
  }
  test.info().annotations.push({ type: "receipts", description: JSON.stringify(tally) });
}
