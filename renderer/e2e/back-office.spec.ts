import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { goodsToSell, sumMinor } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";
import { ringUp } from "./rings-up.ts";

async function goTo(page: Page, part: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `/back-office/${part}`);
}

test("every figure leads to its facts: today, sales, receipt, goods, movement, receipt", async ({
  till,
  page,
}) => {
  await till.openShift();
  const goods = goodsToSell(2);
  const [first] = goods;
  if (!first) throw new Error("the demo store has no goods");
  await ringUp(till, [first]);
  const number = await ringUp(till, goods);

  await goTo(page, "today");
  const turnover = first.priceMinor + sumMinor(goods);
  await expect(page.locator("[data-turnover]")).toHaveAttribute("data-turnover", String(turnover));
  // A cashier whose drawer waits for its count sees no cash.
  await expect(page.getByText("Cash and card are shown to managers")).toBeVisible();
  await expect(page.getByRole("listitem", { name: /:00 to .* from 2 receipts/ })).toBeVisible();

  await page.getByRole("link", { name: "Sales" }).click();
  const sales = page.getByRole("table", { name: "Receipts" });
  await expect(sales.locator("[data-row]")).toHaveCount(2);
  await page.getByLabel("Receipt number").fill(number);
  await expect(sales.locator("[data-row]")).toHaveCount(1);
  await page.getByLabel("Receipt number").fill("");
  await expect(sales.locator("[data-row]")).toHaveCount(2);

  // By keyboard: into the table, to the newest row, Enter.
  await sales.locator("[data-index='0']").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.locator(`[data-receipt="${number}"]`)).toBeVisible();

  await page.getByRole("button", { name: first.name }).click();
  await expect(page.getByRole("heading", { name: first.name })).toBeVisible();
  const movements = page.getByRole("table", { name: "Movements" });
  await expect(movements.getByText("Sold")).toHaveCount(2);
  await movements.locator("[data-index='0']").click();
  await expect(page.locator(`[data-receipt="${number}"]`)).toBeVisible();
});

test("stock: search, oversold, and the CSV says what the table shows", async ({ till, page }) => {
  await till.openShift();
  const [good] = goodsToSell(1);
  if (!good) throw new Error("the demo store has no goods");
  await goTo(page, "stock");
  const stock = page.getByRole("table", { name: "Goods and their stock" });
  await expect(stock.locator("[data-index='0']")).toBeVisible();
  // Thousands of goods, a screenful of rows.
  expect(await stock.locator("[data-row]").count()).toBeLessThan(60);
  await stock.locator("[data-index='0']").focus();
  await page.keyboard.press("End");
  await expect(stock.locator("[data-index='199']")).toBeFocused();

  // Sorting is over all goods, not over what was read so far: lowest stock first.
  await stock.getByRole("button", { name: "In stock" }).click();
  await expect(stock.getByRole("columnheader", { name: "In stock" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  const firstLevel = stock.locator("[data-index='0'] td").last();
  await expect(firstLevel).not.toHaveText("44");
  const levelNow = async () => Number(/\d+/.exec(await firstLevel.innerText())?.[0]);
  const lowest = await levelNow();
  await stock.getByRole("button", { name: "In stock" }).click();
  await expect.poll(levelNow).toBeGreaterThan(lowest + 50);

  await page.getByLabel("Name, SKU or barcode").fill(good.name);
  const row = stock.locator(`[data-row="${good.sku}"]`);
  await expect(row).toBeVisible();
  await stock.getByRole("button", { name: "Name" }).click();
  await expect(stock.getByRole("columnheader", { name: "Name" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("stock.csv");
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines[0]).toBe("\uFEFFSKU,Name,Barcode,Category,Price,In stock");
  expect(lines.some((line) => line.startsWith(`${good.sku},`))).toBe(true);
  expect(lines.length - 1).toBe(await countOf(page));

  await page.getByLabel("Name, SKU or barcode").fill("no such goods at all");
  await expect(page.getByText("No goods fit.")).toBeVisible();
});

/** The number of rows that the page says it shows. */
async function countOf(page: Page): Promise<number> {
  const said = await page.getByRole("status").filter({ hasText: "row" }).innerText();
  return Number(said.replaceAll(/\D/g, ""));
}

test("[U5] the sync centre says it in words and proves it with both sides' hash", async ({
  till,
  page,
}) => {
  await till.openShift();
  const [good] = goodsToSell(1);
  if (!good) throw new Error("the demo store has no goods");
  await ringUp(till, [good]);
  await goTo(page, "sync");
  await expect(page.locator("[data-headline=proved]")).toContainText(
    "Everything this till sold is in the cloud.",
    { timeout: 20_000 },
  );
  await expect(page.locator("[data-unsent='0']")).toBeVisible();
  await expect(page.locator("[data-equal=true]")).toContainText("Proved equal");
  const head = async (side: string) => {
    const row = page.locator(`[data-side=${side}]`);
    return [await row.getAttribute("data-seq"), await row.getAttribute("data-hash")];
  };
  expect(await head("cloud")).toEqual(await head("here"));
  expect(await head("acked")).toEqual(await head("here"));
  await page.getByRole("button", { name: "Look now" }).click();
  await expect(page.locator("[data-equal=true]")).toBeVisible();
});

test("a scan in the back office asks about the goods and sells nothing", async ({ till, page }) => {
  await till.openShift();
  const [good] = goodsToSell(1);
  if (!good) throw new Error("the demo store has no goods");
  await goTo(page, "today");
  await expect(page.getByRole("heading", { name: "Today" })).toBeVisible();
  await till.scan(good.gtin);
  await expect(page.getByRole("heading", { name: good.name })).toBeVisible();
  await page.getByRole("link", { name: "To the register" }).click();
  await expect(page.locator("[data-empty-cart]")).toBeVisible();
});
