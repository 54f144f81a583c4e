import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { askTill } from "../ask-till.ts";
import { dataFolder as partsOf } from "../../../host/node/data-folder.ts";
import { goodsToSell } from "../demo-goods.ts";
import { type Till } from "../fixtures.ts";
import { ringUp } from "../rings-up.ts";
import { startStore } from "../store-process.ts";
import { expect, test } from "./household.ts";
import { openToSell } from "./openings.ts";
import { originalsOf, readLedger, readPaper, readServer } from "./records.ts";
import { keepPicture } from "./screen.ts";
import { limitFileSize } from "./small-disk.ts";

const goods = goodsToSell(12);

/** Scans until a scan is refused. */
async function scanUntilRefused(page: Page, till: Till): Promise<void> {
  for (let n = 0; n < 400; n++) {
    const before = await till.total.getAttribute("data-total");
    await till.scan(goods[n % goods.length]?.gtin ?? "");
    await page.waitForFunction(
      (total) =>
        document.querySelector("[data-notice]") !== null ||
        document.querySelector("[data-total]")?.getAttribute("data-total") !== total,
      before,
    );
    if (await till.notice.isVisible()) return;
  }
  throw new Error("the disk never refused");
}

test("the whole store's disk is full: said in words with the remedy, nothing lost, goes on by itself", async ({
  page,
  template,
  disk,
}) => {
  test.setTimeout(90_000);
  test.skip(disk === null, "no tmpfs can be mounted by this user");
  if (disk === null) return;
  const data = join(disk.place, "store");
  cpSync(template, data, { recursive: true });
  const store = await startStore(data);
  try {
    const till = await openToSell(page, store.register, store);
    const sold = [await ringUp(till, goods.slice(0, 2))];
    await expect(page.locator("[data-chip=network]")).toContainText("all proved", {
      timeout: 20_000,
    });
    disk.fill();
    await scanUntilRefused(page, till);
    await expect(till.notice).toHaveAttribute("data-notice", "LedgerStopped");
    const bar = page.locator("[data-ledger-problem]");
    await expect(bar).toHaveAttribute("data-ledger-problem", "disk-full");
    await expect(bar).toContainText("The disk is full");
    await expect(bar).toContainText("Free some space");
    await keepPicture(page, "i-disk-full");
    // What the screen shows is what is written: a scan that was refused is not in it.
    const { cart } = await askTill(page, "register.view", {});
    const totalMinor = cart?.totalMinor ?? 0;
    await till.expectTotal(totalMinor);

    disk.makeRoom();
    await expect(bar).toBeHidden({ timeout: 10_000 });
    await till.scan(goods[0]?.gtin ?? "");
    await till.expectTotal(totalMinor + (goods[0]?.priceMinor ?? 0));
    await till.control("PAY", "CASH");
    await expect(till.change).toHaveAttribute("data-change", "0");
    sold.push(await ringUp(till, goods.slice(3, 5)));
    await expect(page.locator("[data-chip=network]")).toContainText("all proved", {
      timeout: 30_000,
    });
    await expect(page.locator("[data-chip=printer]")).not.toContainText("waiting");
    await keepPicture(page, "i-disk-has-room-again");
    const listed = await askTill(page, "receipt.list", {});
    expect(listed).toHaveLength(3);
    expect(sold.every((number) => listed.some((one) => one.receiptNumber === number))).toBe(true);
  } finally {
    disk.makeRoom();
    await store.stop();
  }
  const { verdict, sales, printJobs } = readLedger(partsOf(data));
  expect(verdict).toMatchObject({ intact: true });
  expect(sales).toHaveLength(3);
  expect(readServer(partsOf(data)).receiptNumbers).toHaveLength(3);
  const papers = readPaper(partsOf(data));
  for (const { receiptNumber } of sales) expect(originalsOf(papers, receiptNumber)).toHaveLength(1);
  expect(printJobs.every(({ state }) => state === "printed")).toBe(true);
});

test("the till's quota is used up in the middle of paying: the sale is there once, after room is made", async ({
  page,
  household,
}) => {
  await household.startStoreServer();
  await household.startDevices();
  const program = await household.startTill();
  const till = await openToSell(page, program.ready.register, household);
  await till.scan(goods[0]?.gtin ?? "");
  await till.expectTotal(goods[0]?.priceMinor ?? 0);
  await till.control("PAY");
  await expect(till.due).toBeVisible();
  limitFileSize(program.pid, 0);
  await till.control("CASH");
  const bar = page.locator("[data-ledger-problem]");
  await expect(bar).toHaveAttribute("data-ledger-problem", "disk-full");
  await expect(till.due).toBeVisible();
  await expect(till.change).toBeHidden();
  await keepPicture(page, "i-quota-while-paying");
  limitFileSize(program.pid, null);
  await expect(bar).toBeHidden({ timeout: 10_000 });
  await till.control("CASH");
  await expect(till.change).toHaveAttribute("data-change", "0");
  await expect.poll(() => readPaper(household.folder).length).toBe(1);
  await program.stop();
  const { verdict, sales } = readLedger(household.folder);
  expect(verdict).toMatchObject({ intact: true });
  expect(sales).toHaveLength(1);
});
