import { goodsToSell } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";

test("a gift card is sold for money, and pays for goods afterwards", async ({ till, page }) => {
  await till.openShift();
  const [good] = goodsToSell(1);
  if (!good) throw new Error("the demo store has too few goods");

  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator("[data-action=gift-card]").click();
  await page.locator("[data-field=gift-card]").fill("GIFT 2026-0001");
  await expect(page.getByText("This card is not known here yet.")).toBeVisible();
  await page.getByRole("button", { name: "5", exact: true }).locator("visible=true").click();
  for (let i = 0; i < 3; i++) {
    await page.getByRole("button", { name: "0", exact: true }).locator("visible=true").click();
  }
  await page.getByRole("button", { name: "Sell on the card" }).click();
  await till.expectTotal(5_000);
  await till.press("F12", "F5");
  await expect(page.locator("[data-change]")).toBeVisible();

  await page.keyboard.press("Escape");
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator("[data-action=gift-card]").click();
  await page.locator("[data-field=gift-card]").fill("gift20260001");
  await expect(page.locator("[data-balance='5000']")).toBeVisible();
  await page.locator("[data-tender=gift-card]").click();
  await expect(page.locator("[data-empty-cart]")).toBeVisible();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator("[data-action=gift-card]").click();
  await page.locator("[data-field=gift-card]").fill("GIFT20260001");
  await expect(page.locator(`[data-balance='${5_000 - good.priceMinor}']`)).toBeVisible();
});
