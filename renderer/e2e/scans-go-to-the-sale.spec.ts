import { goodsToSell, sumMinor } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";

test("ten scans in 200 ms are ten pieces in order", async ({ till, page }) => {
  await till.openShift();
  const goods = goodsToSell(10);
  await till.scan(...goods.map((good) => good.gtin));
  await till.expectTotal(sumMinor(goods));
  await expect(till.lines).toHaveCount(10);
  const skus = await till.lines.evaluateAll((all) => all.map((line) => line.dataset["sku"]));
  expect(skus).toEqual(goods.map((good) => good.sku));
  await expect(page.locator("#register-search")).toHaveValue("");
});

test("an unknown code and a misread one show themselves and do not stop the line", async ({
  till,
  page,
}) => {
  await till.openShift();
  const [first, second] = goodsToSell(2);
  if (!first || !second) throw new Error("the demo store has too few goods");
  await till.scan(first.gtin, "2999999999994", "4006381333932", second.gtin);
  await till.expectTotal(first.priceMinor + second.priceMinor);
  await expect(till.notice).toContainText("4006381333932");
  await expect(till.notice).toContainText("+1 more");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(till.notice).toContainText("2999999999994");
});

test("the newest line stays in sight, whatever is said above it", async ({ till, page }) => {
  await till.openShift();
  const goods = goodsToSell(30);
  await till.scan(...goods.map((good) => good.gtin));
  await expect(till.items).toHaveAttribute("data-items", "30");
  const newest = page.locator("[data-line][data-last]");
  await expect(newest).toHaveAttribute("data-sku", goods.at(-1)?.sku ?? "");
  await expect(newest).toBeInViewport({ ratio: 1 });
  await till.scan("2999999999994");
  await expect(till.notice).toBeVisible();
  await expect(newest).toBeInViewport({ ratio: 1 });
});

test("a scan never lands in a field: search, open item, PIN", async ({ till, page }) => {
  await till.openShift();
  const [first, second, third] = goodsToSell(3);
  if (!first || !second || !third) throw new Error("the demo store has too few goods");
  await page.locator("#register-search").focus();
  await till.scan(first.gtin);
  await till.expectTotal(first.priceMinor);
  await expect(page.locator("#register-search")).toHaveValue("");

  await till.press("Escape");
  await till.press("F11");
  const name = page.getByLabel("Name on the receipt");
  await name.fill("Gift");
  await till.scan(second.gtin);
  await till.expectTotal(first.priceMinor + second.priceMinor);
  await expect(name).toHaveValue("Gift");

  await till.press("Escape");
  await till.press("F12");
  await till.typeByHand("20");
  await till.scan(third.gtin);
  await till.expectTotal(sumMinor([first, second, third]));
  await expect(page.locator("[data-taken]")).toHaveCount(0);
  // Another amount is due: what was typed for the old one is gone.
  await expect(page.locator("[data-pad] input")).toHaveValue("0.00");
});

test("once money was taken a scan is refused with what to do, and pays nothing", async ({
  till,
  page,
}) => {
  await till.openShift();
  const [first, second] = goodsToSell(2);
  if (!first || !second) throw new Error("the demo store has too few goods");
  await till.scan(first.gtin);
  await till.expectTotal(first.priceMinor);
  await till.press("F12");
  await till.typeByHand("100");
  await till.press("Enter");
  await expect(page.locator("[data-taken=cash]")).toBeVisible();
  await till.scan(second.gtin);
  await expect(till.notice).toContainText("Money was already taken");
  await expect(till.due).toHaveAttribute("data-due", String(first.priceMinor - 100));
  await page.locator("[data-taken=cash] button").click();
  await expect(till.due).toHaveAttribute("data-due", String(first.priceMinor));
});
