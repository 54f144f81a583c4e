import { expect, test } from "./fixtures.ts";
import { oneGood, ringUp } from "./rings-up.ts";

test("count blind, leave and come back, look, say why, close: the Z is stored and printed", async ({
  till,
  page,
}) => {
  await till.openShift();
  const good = oneGood();
  await ringUp(till, [good]);
  await ringUp(till, [good, good]);
  const pane = page.locator("[data-pane]");
  const openShiftPane = async () => {
    await page.getByRole("button", { name: "Menu" }).click();
    await pane.locator("[data-action=shift]").click();
  };

  await openShiftPane();
  await expect(pane.getByText("Expected", { exact: true })).toHaveCount(0);
  await page.getByLabel(/^Pieces of .*50\.00/).focus();
  await till.typeByHand("2");
  await page.keyboard.press("Enter");
  await till.typeByHand("1");
  await expect(page.locator("[data-counted='12000']")).toBeVisible();

  // A customer wants something: the count stays.
  await page.keyboard.press("Escape");
  await openShiftPane();
  await expect(page.locator("[data-counted='12000']")).toBeVisible();
  await expect(pane.getByText("Expected", { exact: true })).toHaveCount(0);

  await page.getByRole("button", { name: "Done counting" }).click();
  const variance = 12_000 - 10_000 - 3 * good.priceMinor;
  const row = page.locator("[data-variance]");
  await expect(row).toHaveAttribute("data-variance", String(variance));
  await expect(row).toContainText(variance < 0 ? "missing" : "over");
  await expect(row).toContainText(variance < 0 ? "\u2212" : "+");
  const goOn = page.getByRole("button", { name: "Go on to the report" });
  await expect(goOn).toBeDisabled();
  await pane.getByRole("textbox").fill("A roll of coins was short");
  await goOn.click();

  await expect(page.locator("[data-document=shift]")).toContainText("A roll of coins was short");
  await page.getByRole("button", { name: "Close the shift and print" }).click();
  await expect(page.locator("[data-stored-z]")).toHaveAttribute("data-stored-z", "1");
  await expect(page.locator("[data-stored-z]")).toContainText("Printed.");
  const z = page.locator("[data-document=z]");
  await expect(z).toContainText("Z report 1");
  const text = await z.innerText();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Open the shift" })).toBeVisible();

  // The back office shows the same stored document.
  await page.evaluate(() => {
    window.location.hash = "/back-office/shifts";
  });
  await page.getByRole("table", { name: "Shifts" }).locator("[data-index='0']").click();
  const stored = page.locator("[data-document=z]");
  await expect(stored).toContainText("Z report 1");
  const figures = (all: string) => all.match(/-?[\d,]+\.\d\d/g);
  expect(figures(await stored.innerText())).toEqual(figures(text));

  // It says why the count differed, and prints again as a copy.
  await expect(stored).toContainText("A roll of coins was short");
  await page.getByRole("button", { name: "Print a copy" }).click();
  await expect(page.locator("[data-z-copy='1']")).toContainText("marked COPY 1");
});

test("an exact count needs no reason, and the whole close goes by scanner alone", async ({
  till,
  page,
}) => {
  await till.openShift();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator("[data-pane] [data-action=shift]").click();
  // The float of 100.00 as one note: the third value of the euro.
  await till.control("DOWN", "DOWN", "1");
  await expect(page.locator("[data-counted='10000']")).toBeVisible();
  for (let i = 0; i < 13; i++) await till.control("ENTER");
  await expect(page.locator("[data-variance='0']")).toContainText("No difference");
  await till.control("ENTER", "ENTER");
  await expect(page.locator("[data-stored-z]")).toBeVisible();
  await till.control("ENTER");
  await expect(page.getByRole("heading", { name: "Open the shift" })).toBeVisible();
});

test("an open sale keeps the shift open", async ({ till, page }) => {
  await till.openShift();
  const good = oneGood();
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator("[data-pane] [data-action=shift]").click();
  await expect(page.locator("[data-pane]").getByRole("alert")).toContainText("A sale is open");
});
