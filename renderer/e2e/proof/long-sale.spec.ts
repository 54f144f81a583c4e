import { barcodedGoods, sumMinor } from "../demo-goods.ts";
import { expect, test } from "./household.ts";
import { openToSell } from "./openings.ts";
import { readPaper } from "./records.ts";
import { scanAll } from "./scan-all.ts";
import { keepPicture, percentile } from "./screen.ts";

const count = 300;

test("a sale of 300 lines: each scan quick, the last line in sight, the total right, the receipt whole", async ({
  page,
  household,
}) => {
  test.setTimeout(120_000);
  await household.startStoreServer();
  await household.startDevices();
  const { register } = (await household.startTill()).ready;
  const till = await openToSell(page, register, household);
  // Different goods, so that each scan is a line of its own; in letters that the printer has itself.
  const goods = barcodedGoods.filter(({ name }) => /^[ -~À-ÿ]+$/.test(name)).slice(0, count);
  const tookMs: number[] = [];
  for (let first = 0; first < count; first += 50) {
    const some = goods.slice(first, first + 50);
    tookMs.push(...(await scanAll(till, some, sumMinor(goods.slice(0, first)))));
    await expect(page.locator("[data-line][data-last]")).toBeInViewport();
  }
  await expect(till.items).toHaveAttribute("data-items", String(count));
  const last = goods.at(-1);
  await expect(page.locator("[data-line][data-last]")).toHaveAttribute("data-sku", last?.sku ?? "");
  await keepPicture(page, "f-300-lines");
  const figures = {
    p50First: percentile(tookMs.slice(0, 100), 0.5),
    p50Last: percentile(tookMs.slice(-100), 0.5),
    p99: percentile(tookMs, 0.99),
  };
  const description = JSON.stringify(figures);
  test.info().annotations.push({ type: "scan to line, by the test's own clock, ms", description });
  // The three hundredth line is no slower than the first ones, beyond what a busy machine adds.
  expect(figures.p50Last).toBeLessThan(2 * figures.p50First + 20);

  await till.control("PAY", "CASH");
  await expect(till.change).toHaveAttribute("data-change", "0");
  await expect.poll(() => readPaper(household.folder).length, { timeout: 15_000 }).toBe(1);
  await expect(page.locator("[data-chip=printer]")).not.toContainText("waiting");
  await expect(page.locator("[data-chip=printer]")).not.toContainText("unsure");
  const [paper] = readPaper(household.folder);
  const text = paper?.text.join("\n") ?? "";
  const amounts = goods.map(({ priceMinor }) => ` ${priceText(priceMinor)} `);
  let at = 0;
  for (const amount of amounts) at = text.indexOf(amount, at + 1);
  expect(at, "every line's amount stands on the paper, in order").toBeGreaterThan(0);
  expect(text).toContain(priceText(sumMinor(goods)));
});

function priceText(minor: number): string {
  const cents = String(minor % 100).padStart(2, "0");
  return `${Math.trunc(minor / 100).toLocaleString("en")}.${cents}`;
}
