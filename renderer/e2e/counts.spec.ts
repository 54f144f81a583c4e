import { goodsToSell } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";
import { goTo } from "./go-to.ts";
import { openShiftAsManager } from "./manager.ts";
import { oneGood, ringUp } from "./rings-up.ts";

test("[C2] count by scanner, receive, correct: each saved once, the level follows", async ({
  till,
  page,
  store,
}) => {
  await openShiftAsManager(till, store);
  const good = oneGood();
  await ringUp(till, [good]);
  await goTo(page, "/back-office/counts");
  await expect(page.getByRole("heading", { name: "Counts and deliveries" })).toBeVisible();

  // Blind: a scan puts the good on the sheet and asks for its quantity; nothing says what is expected.
  await till.scan(good.gtin);
  const quantity = page.getByLabel(`Quantity of ${good.name}`);
  await expect(quantity).toBeFocused();
  await page.getByRole("button", { name: "Save the count of 1 good" }).click();
  await expect(page.getByText("Enter a quantity, such as 12")).toBeVisible();
  await till.typeByHand("12");
  await expect(quantity).toHaveValue("12");
  await page.getByRole("button", { name: "Save the count of 1 good" }).click();
  const outcome = page.locator("[data-saved=count]");
  await expect(outcome.locator(`[data-outcome="${good.sku}"] [data-milli="12000"]`)).toBeVisible();
  await expect(page.locator(`[data-count-of="${good.sku}"]`)).toHaveCount(1);

  // By name and by hand: a delivery.
  const [, other] = goodsToSell(2);
  await page.getByRole("button", { name: "Receive" }).click();
  await page.getByLabel("Name, SKU or barcode").fill(good.sku);
  await page.locator(`[data-add="${good.sku}"]`).click();
  await till.typeByHand("5");
  if (other) await till.scan(other.gtin);
  await page.getByRole("button", { name: `Take ${other?.name} off the sheet` }).click();
  await page.getByLabel("Note (delivery note, remark)").fill("DN 4711");
  await page.getByRole("button", { name: "Receive 1 good" }).click();
  const received = page.locator(`[data-saved=receive] [data-outcome="${good.sku}"]`);
  await expect(received.locator('[data-milli="17000"]')).toBeVisible();

  // Waste takes away whatever sign was typed.
  await page.getByRole("button", { name: "Adjust" }).click();
  await page.getByLabel("Why").selectOption("waste");
  await till.scan(good.gtin);
  await till.typeByHand("2");
  await page.getByRole("button", { name: "Adjust 1 good" }).click();
  const adjusted = page.locator(`[data-saved=adjust] [data-outcome="${good.sku}"]`);
  await expect(adjusted.locator('[data-milli="-2000"]')).toBeVisible();
  await expect(adjusted.locator('[data-milli="15000"]')).toBeVisible();
  await goTo(page, `/back-office/stock/${good.sku}`);
  await expect(page.locator("[data-level]")).toHaveAttribute("data-level", "15000");
});
