import { readFile } from "node:fs/promises";
import { goodsToSell, sumMinor } from "../demo-goods.ts";
import { goTo } from "../go-to.ts";
import { ringUp } from "../rings-up.ts";
import { expect, test } from "./household.ts";
import { inEveryLanguage } from "./language-pictures.ts";
import { openToSell, startSecondTill } from "./openings.ts";

test("[P1] a manager saves the whole store's evidence, and it says what each till's was compared from", async ({
  browser,
  household,
}) => {
  test.setTimeout(120_000);
  const server = await household.startStoreServer();
  const first = await household.startTill();
  const second = await startSecondTill(household, server);
  const goods = goodsToSell(3);
  const other = await browser.newPage();
  const secondTill = await openToSell(other, second.ready.register, household);
  await ringUp(secondTill, goods);
  await expect(other.locator("[data-chip=network]")).toContainText("all proved", {
    timeout: 20_000,
  });

  const page = await browser.newPage();
  const till = await openToSell(page, first.ready.register, household, "manager");
  await ringUp(till, goods.slice(0, 1));
  await expect(page.locator("[data-chip=network]")).toContainText("all proved", {
    timeout: 20_000,
  });
  await goTo(page, "/back-office/sync");
  await page.getByLabel("The whole store").check();
  await expect(page.getByText("of the other tills what this one was told")).toBeVisible();
  await page.getByRole("button", { name: "Compare now" }).click();
  const told = page.locator("[data-evidence-till='2'][data-from=told]");
  const total = String(sumMinor(goods));
  await expect(told.locator(`[data-here="${total}"]`)).toBeVisible();
  await expect(told.locator(`[data-there="${total}"]`)).toBeVisible();
  await expect(page.locator("[data-evidence-till='1'][data-from=journal]")).toBeVisible();
  await expect(page.locator("[data-state=differs]")).toHaveCount(0);

  const save = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name }).last().click(),
    ]);
    expect(download.suggestedFilename()).toContain("evidence-store");
    return readFile(await download.path(), "utf8");
  };
  const lines = (await save("Save as CSV")).trimEnd().split("\r\n");
  const receipts = lines.filter((line) => line.includes("sale.completed"));
  expect(receipts).toHaveLength(2);
  expect(receipts.filter((line) => line.startsWith("2,told,"))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith("sum of till,"))).toHaveLength(2);
  const json = JSON.parse(await save("Save as JSON")) as {
    summary: { totalHereMinor: number; totalThereMinor: number };
  };
  const both = sumMinor(goods) + sumMinor(goods.slice(0, 1));
  expect(json.summary).toMatchObject({ totalHereMinor: both, totalThereMinor: both });

  const words = {
    en: "what this till was told",
    de: "was dieser Kasse gesagt wurde",
    he: "מה שנמסר לקופה הזאת",
  };
  await inEveryLanguage(page, "p-store-evidence", async (language) => {
    // Another direction draws the page anew: it is compared again.
    const isCompared = await told.isVisible();
    if (!isCompared) {
      const evidence = page
        .locator("section", { has: page.locator("input[type=checkbox]") })
        .last();
      await evidence.locator("input").check();
      await evidence.getByRole("button").click();
    }
    await expect(told).toContainText(words[language]);
  });
  await Promise.all([page.close(), other.close()]);
});
