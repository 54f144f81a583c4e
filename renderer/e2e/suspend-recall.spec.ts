import { goodsToSell } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";
import { ringUp } from "./rings-up.ts";

test("a suspended sale comes back as it was, after another customer was served", async ({
  till,
  page,
}) => {
  await till.openShift();
  const [first, second, third] = goodsToSell(3);
  if (!first || !second || !third) throw new Error("the demo store has too few goods");
  const suspended = first.priceMinor + second.priceMinor;
  await till.scan(first.gtin);
  await till.scan(second.gtin);
  await till.expectTotal(suspended);
  await page.keyboard.press("F6");
  await expect(page.locator("[data-empty-cart]")).toBeVisible();

  await ringUp(till, [third]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("F6");
  await expect(page.locator(`[data-suspended="${suspended}"]`)).toContainText(first.name);
  await page.locator(`[data-suspended="${suspended}"]`).getByRole("button").click();
  await till.expectTotal(suspended);
  await expect(till.lines).toHaveCount(2);
});

test("with a sale open, a suspended one waits; the open one can be put aside with a note", async ({
  till,
  page,
}) => {
  await till.openShift();
  const [first, second] = goodsToSell(2);
  if (!first || !second) throw new Error("the demo store has too few goods");
  await till.scan(first.gtin);
  await till.expectTotal(first.priceMinor);
  await till.control("SUSPEND");
  await expect(page.locator("[data-empty-cart]")).toBeVisible();
  await till.scan(second.gtin);
  await till.expectTotal(second.priceMinor);

  await till.control("RECALL");
  const waiting = page.locator(`[data-suspended="${first.priceMinor}"]`);
  await expect(waiting.getByRole("button")).toBeDisabled();
  await page.getByLabel("Note (name, trolley, …)").fill("Red coat");
  await page.getByRole("button", { name: "Suspend the open sale" }).click();
  await expect(page.locator(`[data-suspended="${second.priceMinor}"]`)).toContainText("Red coat");

  // By scanner alone: the figure beside the button.
  await till.control("1");
  await till.expectTotal(first.priceMinor);
});
