import { goodsToSell } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";

test("cash and card share a sale; a declined card leaves it as it was", async ({ till, page }) => {
  const [good] = goodsToSell(1);
  if (!good) throw new Error("the demo store has no goods");
  await till.openShift();
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);
  await till.press("F12");

  // The virtual terminal refuses amounts that end in 1.24, as test terminals do.
  await till.typeByHand("124");
  await till.press("F8");
  await expect(page.locator("[data-card-refused=declined]")).toBeVisible();
  await expect(till.due).toHaveAttribute("data-due", String(good.priceMinor));
  await expect(page.locator("[data-taken]")).toHaveCount(0);

  // Part in cash, taken back, given again; the rest by card completes the sale.
  await till.typeByHand("100");
  await till.press("Enter");
  await expect(till.due).toHaveAttribute("data-due", String(good.priceMinor - 100));
  await page.locator("[data-taken=cash] button").click();
  await expect(till.due).toHaveAttribute("data-due", String(good.priceMinor));
  await till.typeByHand("100");
  await till.press("Enter");
  await expect(till.due).toHaveAttribute("data-due", String(good.priceMinor - 100));
  // A moment after a tender no button takes money: the press of a double press is nobody's wish.
  await expect(page.locator("[data-tender=card]")).toBeEnabled();
  await till.press("F8");
  await expect(till.change).toHaveAttribute("data-change", "0");
  await expect(till.change).toContainText("Card");
});
