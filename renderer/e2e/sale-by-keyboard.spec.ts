import { goodsToSell, sumMinor } from "./demo-goods.ts";
import { cashierOf, expect, test } from "./fixtures.ts";

test("a whole sale by keyboard only, cash with change", async ({ till, store, page }) => {
  const [first, second, third] = goodsToSell(3);
  if (!first || !second || !third) throw new Error("the demo store has too few goods");

  // Sign in: the tile's number, the PIN, Enter.
  const cashier = cashierOf(store);
  const tiles = page.locator("[data-person]");
  const names = await tiles.evaluateAll((all) => all.map((tile) => tile.dataset["person"]));
  await till.typeByHand(String(names.indexOf(cashier.name) + 1));
  await till.typeByHand(cashier.pin);
  await till.press("Enter");
  await expect(till.total).toBeVisible();

  // Open the shift: the float, Enter. A second Enter of the PIN has opened nothing.
  await till.press("Enter");
  await expect(page.locator("[data-chip=shift]")).toContainText("No shift");
  await till.typeByHand("15000");
  await till.press("Enter");
  await expect(page.locator("[data-chip=shift]")).not.toContainText("No shift");

  // A code typed by hand.
  await till.typeByHand(first.gtin);
  await till.press("Enter");
  await till.expectTotal(first.priceMinor);

  // A name typed by hand: letters without a field in hand are a search.
  await till.typeByHand("pretzel");
  await expect(page.locator("[data-result=BAKE-03]")).toBeVisible();
  await till.press("Enter");
  await till.expectTotal(first.priceMinor + 89);

  // Quantity before: 3, F3, the code.
  await till.typeByHand("3");
  await till.press("F3");
  await expect(page.locator("[data-next-quantity='3000']")).toBeVisible();
  await till.typeByHand(second.gtin);
  await till.press("Enter");
  await till.expectTotal(first.priceMinor + 89 + 3 * second.priceMinor);

  // Quantity after: F3, 2, Enter.
  await till.press("F3");
  await till.typeByHand("2");
  await till.press("Enter");
  await till.expectTotal(first.priceMinor + 89 + 2 * second.priceMinor);

  // A line chosen with the arrows and removed.
  await till.press("ArrowUp");
  await till.press("ArrowUp");
  await till.press("Delete");
  const total = first.priceMinor + 2 * second.priceMinor;
  await till.expectTotal(total);

  // Pay: F12, an amount, Enter.
  await till.press("F12");
  await expect(till.due).toHaveAttribute("data-due", String(total));
  await till.typeByHand("5000");
  await till.press("Enter");
  await expect(till.change).toHaveAttribute("data-change", String(5000 - total));

  // The next sale begins with the next code; exact cash is F12, F5.
  await till.typeByHand(third.gtin);
  await till.press("Enter");
  await till.expectTotal(sumMinor([third]));
  await till.press("F12");
  await till.press("F5");
  await expect(till.change).toHaveAttribute("data-change", "0");
});

test("[Enter] Enter alone never takes money", async ({ till, page }) => {
  const [good] = goodsToSell(1);
  if (!good) throw new Error("the demo store has no goods");
  await till.openShift();
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);
  await till.press("F12");
  await expect(till.due).toBeVisible();

  await till.press("Enter");
  for (const _ of Array.from({ length: 12 })) {
    // Whatever Tab reaches: nothing typed, so no button of this pane takes money on Enter.
    await till.press("Tab");
    const isBack = await page.evaluate(
      () => document.activeElement?.closest("[data-pane] [data-pane-back]") !== null,
    );
    const inPane = await page.evaluate(
      () => document.activeElement?.closest("[data-pane]") !== null,
    );
    if (inPane && !isBack) await till.press("Enter");
  }
  await till.expectTotal(good.priceMinor);
  await expect(till.due).toHaveAttribute("data-due", String(good.priceMinor));
  await expect(page.locator("[data-taken]")).toHaveCount(0);
});

test("[Second look] a code typed into the amount pad is no banknote", async ({ till, page }) => {
  const [good] = goodsToSell(1);
  if (!good) throw new Error("the demo store has no goods");
  await till.openShift();
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);
  await till.press("F12");
  await expect(till.due).toBeVisible();

  // Eight digits are asked about, thirteen do not fit and are dropped.
  await till.typeByHand("96385074");
  await till.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "963,850.74" })).toBeVisible();
  await expect(till.due).toHaveAttribute("data-due", String(good.priceMinor));
  await till.press("Delete");
  await till.typeByHand("4006381333931");
  await expect(page.locator("[data-pad] input")).not.toHaveValue(/4,006,381/);
  await expect(till.due).toHaveAttribute("data-due", String(good.priceMinor));
});
