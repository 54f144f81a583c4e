import { receiptBarcode } from "../../hardware/scanner/control-card.ts";
import { goodsToSell, sumMinor } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";
import { oneGood, ringUp } from "./rings-up.ts";

test("a whole receipt comes back by its barcode, cash is given, nothing comes back twice", async ({
  till,
  page,
}) => {
  await till.openShift();
  const goods = goodsToSell(3);
  const number = await ringUp(till, goods);

  await till.scan(receiptBarcode(number));
  await expect(page.getByRole("heading", { name: `Return ${number}` })).toBeVisible();
  await expect(page.locator("[data-return-line]")).toHaveCount(3);
  await page.getByRole("button", { name: "Whole receipt" }).click();
  const takeBack = page.locator("[data-pane] footer button");
  await expect(takeBack).toHaveText("Choose the reason");
  await expect(takeBack).toBeDisabled();
  await page.getByRole("button", { name: "Damaged" }).click();
  await page.getByRole("button", { name: "Take back 3 lines" }).click();
  await till.expectTotal(-sumMinor(goods));

  await page.keyboard.press("F12");
  await page.locator("[data-tender=give-back]").click();
  await expect(till.change).toBeVisible();

  await till.scan(receiptBarcode(number));
  await expect(page.getByText("Everything on this receipt has already come back.")).toBeVisible();
  await expect(page.locator("[data-pane] footer button")).toHaveCount(0);
});

test("[C4] per line and quantity, by number; more than was sold is refused with what is left", async ({
  till,
  page,
}) => {
  await till.openShift();
  const good = oneGood();
  const number = await ringUp(till, [good, good, good]);

  // Three scans of one good are one line of three or three lines of one: both come back by the
  // piece.
  const find = async () => {
    await page.keyboard.press("F7");
    await expect(page.getByLabel("Receipt number")).toBeFocused();
    await till.typeByHand(number);
    await till.press("Enter");
    await expect(page.locator("[data-return-line]").first()).toBeVisible();
  };
  const more = page.getByRole("button", { name: `One more of ${good.name}` }).first();
  await find();
  await more.click();
  await page.getByRole("button", { name: "Wrong goods" }).click();
  await page.getByRole("button", { name: "Take back 1 line" }).click();
  await till.expectTotal(-good.priceMinor);

  // The pane knows what was returned before; what the open sale already gives back, the host knows.
  await find();
  await page.getByRole("button", { name: "Whole receipt" }).click();
  await page.getByLabel("Another reason").fill("Bought by mistake");
  await page.locator("[data-pane] footer button").click();
  await expect(page.getByText(/Only .* of this can still come back/)).toBeVisible();
  await till.expectTotal(-good.priceMinor);
});

test("by scanner alone: receipt, YES, the reason's figure, ENTER", async ({ till }) => {
  await till.openShift();
  const good = oneGood();
  const number = await ringUp(till, [good]);
  await till.scan(receiptBarcode(number));
  await till.control("YES", "2", "ENTER");
  await till.expectTotal(-good.priceMinor);
});

test("an unknown receipt says so, and goods scanned meanwhile go to the sale", async ({
  till,
  page,
}) => {
  await till.openShift();
  const good = oneGood();
  await page.keyboard.press("F7");
  await page.getByLabel("Receipt number").fill("9-000042");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-pane]").getByRole("alert")).toContainText(
    "No receipt with that number",
  );
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);
});
