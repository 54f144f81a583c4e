import { receiptBarcode } from "../../hardware/scanner/control-card.ts";
import { goodsToSell } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";
import { paperOf } from "./paper.ts";
import { ringUp } from "./rings-up.ts";

test("a receipt is found, looked at and printed again, each copy with its number", async ({
  till,
  page,
  store,
}) => {
  await till.openShift();
  const [first, second] = goodsToSell(2);
  if (!first || !second) throw new Error("the demo store has too few goods");
  const number = await ringUp(till, [first]);
  await ringUp(till, [second]);

  await page.keyboard.press("F10");
  const list = page.getByRole("list", { name: "Receipts" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await page.getByLabel("Receipt number").fill(number);
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await list.getByRole("button").click();
  await expect(page.locator("[data-document=receipt]")).toContainText(first.name);
  await page.getByRole("button", { name: "Print a copy" }).click();
  await expect(page.getByRole("status").filter({ hasText: "COPY 1" })).toBeVisible();
  await page.getByRole("button", { name: "Print a copy" }).click();
  await expect(page.getByRole("status").filter({ hasText: "COPY 2" })).toBeVisible();
  await expect(page.locator("[data-document=receipt]")).toContainText("2 copies were printed.");

  const paper = paperOf(store);
  for (const copy of ["COPY 1", "COPY 2"]) {
    const { text } = await paper.waitFor(copy);
    expect(text.join("\n")).toContain(number);
  }

  // Esc leads from the receipt to the list, then to the goods.
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Receipt number")).toBeVisible();

  // A scan of a receipt in this pane opens it; goods go to the sale.
  await till.scan(receiptBarcode(number));
  await expect(page.locator(`[data-receipt="${number}"]`)).toBeVisible();
  await till.scan(second.gtin);
  await till.expectTotal(second.priceMinor);
});
