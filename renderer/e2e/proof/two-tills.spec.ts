import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { askTill } from "../ask-till.ts";
import { barcodedGoods, type DemoGood } from "../demo-goods.ts";
import { ringUp } from "../rings-up.ts";
import { openLine } from "./cut-line.ts";
import { expect, test } from "./household.ts";
import { openToSell, startSecondTill } from "./openings.ts";
import { root } from "./program.ts";
import { readServer } from "./records.ts";
import { keepPicture } from "./screen.ts";

test("[C1] two tills sell the same goods, one of them offline for a while: both sell, stock agrees", async ({
  browser,
  household,
}) => {
  test.setTimeout(120_000);
  const server = await household.startStoreServer();
  await household.startDevices();
  const line = await openLine(server.ready.endpoint);
  const first = await household.startTill();
  const second = await startSecondTill(household, server, line.endpoint);
  const pages = await Promise.all([browser.newPage(), browser.newPage()]);
  const [pageA, pageB] = pages;
  const tillA = await openToSell(pageA, first.ready.register, household);
  const tillB = await openToSell(pageB, second.ready.register, household);

  const [scarce, plenty] = goodsByStock();
  const both = [scarce, plenty].map(({ good }) => good);
  // The last pieces, at both tills at once, while one of them is on its own.
  line.cut();
  const sold = scarce.pieces + 1;
  for (let n = 0; n < sold; n++) {
    await Promise.all([
      ringUp(tillA, both),
      ringUp(tillB, [scarce.good, plenty.good, plenty.good]),
    ]);
  }
  await expect(pageB.locator("[data-chip=network]")).toContainText("Offline");
  await keepPicture(pageB, "h-second-till-offline");
  expect(await stockOf(pageA, scarce.good)).toBe(1000 * (scarce.pieces - sold));
  expect(await stockOf(pageB, scarce.good)).toBe(1000 * (scarce.pieces - sold));
  line.mend();
  await Promise.all([ringUp(tillA, [plenty.good]), ringUp(tillB, [plenty.good])]);

  // At rest all three say the same.
  const expectedMilli = [1000 * (scarce.pieces - 2 * sold), 1000 * (plenty.pieces - 3 * sold - 2)];
  const books = () => readServer(household.folder);
  for (const [i, good] of both.entries()) {
    for (const page of [pageA, pageB]) {
      await expect.poll(() => stockOf(page, good), { timeout: 20_000 }).toBe(expectedMilli[i]);
    }
    expect(books().stockMilli(good.sku)).toBe(expectedMilli[i]);
  }
  for (const page of [pageA, pageB]) {
    await expect(page.locator("[data-chip=network]")).toContainText("all proved", {
      timeout: 20_000,
    });
  }
  expect(books().receiptNumbers.toSorted()).toEqual(
    [1, 2].flatMap((till) =>
      Array.from({ length: sold + 1 }, (_, n) => `${till}-${String(n + 1).padStart(6, "0")}`),
    ),
  );
  expect(books().parked).toBe(0);
  expect(books().oversold).toEqual([scarce.good.sku]);
  for (const [page, name] of [
    [pageA, "h-oversold-first-till"],
    [pageB, "h-oversold-second-till"],
  ] as const) {
    await page.evaluate(() => {
      location.hash = "/back-office/today";
    });
    await expect(page.getByText(scarce.good.name).first()).toBeVisible();
    await keepPicture(page, name);
  }
  await Promise.all(pages.map((page) => page.close()));
  await line.close();
});

async function stockOf(page: Page, { sku }: DemoGood): Promise<number> {
  const rows = await askTill(page, "stock.list", { text: sku });
  return rows.find((row) => row.sku === sku)?.stockMilli ?? Number.NaN;
}

interface Stocked {
  readonly good: DemoGood;
  /** Opening stock. */
  readonly pieces: number;
}

/** A good of which there are two or three, and one of which there are many. */
function goodsByStock(): readonly [Stocked, Stocked] {
  const rows = readFileSync(join(root, "data", "demo-catalogue.csv"), "utf8").split("\n");
  const stock = new Map(
    rows
      .filter((row) => !row.includes('"'))
      .map((row) => row.split(","))
      .map(([sku = "", ...rest]) => [sku, Number(rest.at(-1))]),
  );
  const stocked = barcodedGoods.map((good) => ({ good, pieces: stock.get(good.sku) ?? 0 }));
  const scarce = stocked.find(({ pieces }) => pieces >= 2 && pieces <= 3);
  const plenty = stocked.find(({ pieces }) => pieces >= 40);
  if (scarce === undefined || plenty === undefined) throw new Error("the demo stock has neither");
  return [scarce, plenty];
}
