import { askTill } from "../ask-till.ts";
import { goodsToSell } from "../demo-goods.ts";
import { ringUp } from "../rings-up.ts";
import { expect, test } from "./household.ts";
import { openToSell } from "./openings.ts";
import { readPaper, readServer } from "./records.ts";
import { keepPicture, percentile } from "./screen.ts";

const salesBefore = 10;
const salesAway = 50;

test("[U1] [U3] [U5] the store server dies in the middle of the day: 50 sales, each there once", async ({
  page,
  household,
}) => {
  test.setTimeout(120_000);
  const server = await household.startStoreServer();
  await household.startDevices();
  const { register } = (await household.startTill()).ready;
  const till = await openToSell(page, register, household);
  const network = page.locator("[data-chip=network]");
  const goods = goodsToSell(20);
  const numbers: string[] = [];
  /** Answers how long each sale took, from its first scan to the change. */
  const sell = async (count: number) => {
    const tookMs: number[] = [];
    for (let n = 0; n < count; n++) {
      const first = (numbers.length * 3) % 18;
      const startedMs = performance.now();
      numbers.push(await ringUp(till, goods.slice(first, first + 1 + (n % 2))));
      tookMs.push(performance.now() - startedMs);
    }
    return tookMs;
  };

  const online = await sell(salesBefore);
  await expect(network).toContainText("all proved", { timeout: 20_000 });

  // In the middle of an upload, not in a quiet moment.
  const dying = server.kill();
  const offline = await sell(1);
  await dying;
  offline.push(...(await sell(salesAway - 1)));
  await expect(network).toContainText("Offline");
  await expect(network).toContainText(/\d+ to send/);
  await keepPicture(page, "d-offline-register");
  // Offline is weather: a sale takes as long as before, within what a busy machine adds.
  expect(percentile(offline, 0.5)).toBeLessThan(1.5 * percentile(online, 0.5) + 50);
  expect(percentile(offline, 0.95)).toBeLessThan(2 * percentile(online, 0.95) + 200);

  await page.evaluate(() => {
    location.hash = "/back-office/sync";
  });
  await expect(page.locator("[data-headline=waits]")).toBeVisible();
  await keepPicture(page, "d-offline-sync-page");

  // It comes back, dies twice more while it is taking what waited, and comes back for good.
  for (const livesMs of [300, 700]) {
    const again = await household.startStoreServer();
    setTimeout(() => void again.kill(), livesMs);
    await again.gone;
  }
  await household.startStoreServer();
  await expect(page.locator("[data-equal=true]")).toContainText("Proved equal", {
    timeout: 30_000,
  });
  await expect(page.locator("[data-headline=proved]")).toBeVisible();
  await keepPicture(page, "d-proved-equal");
  const side = async (name: string) => {
    const row = page.locator(`[data-side=${name}]`);
    return [await row.getAttribute("data-seq"), await row.getAttribute("data-hash")];
  };
  expect(await side("cloud")).toEqual(await side("here"));

  const books = readServer(household.folder);
  expect(books.receiptNumbers).toEqual(numbers);
  expect(books.parked).toBe(0);
  const listed = await askTill(page, "receipt.list", { limit: 500 });
  expect(listed.map((receipt) => receipt.receiptNumber).toSorted()).toEqual(numbers.toSorted());
  for (const { sku } of goods.slice(0, 5)) {
    const [row] = await askTill(page, "stock.list", { text: sku, limit: 1 });
    expect(row?.stockMilli).toBe(books.stockMilli(sku));
  }
  await page.evaluate(() => {
    location.hash = "/back-office/sales";
  });
  await expect(page.getByText(new RegExp(`${numbers.length}\\D{0,2} rows`))).toBeVisible();
  expect(readPaper(household.folder)).toHaveLength(numbers.length);
});
