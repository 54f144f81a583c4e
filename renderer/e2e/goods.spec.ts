import { expect, test } from "./fixtures.ts";
import { goTo } from "./go-to.ts";
import { openShiftAsManager } from "./manager.ts";
import { oneGood } from "./rings-up.ts";

test("[C3] a price is changed and sold at once; another is planned and called off", async ({
  till,
  page,
  store,
}) => {
  await openShiftAsManager(till, store);
  const good = oneGood();
  await goTo(page, "/back-office/goods");
  await page.getByLabel("Name, SKU or barcode").fill(good.sku);
  await page.locator(`[data-row="${good.sku}"]`).click();
  const price = page.locator("input[name=price]");
  await price.fill("abc");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter a price");
  await price.fill("7.77");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It counts at this till at once")).toBeVisible();

  await page.getByLabel(/^New price in/).fill("8");
  await page.getByLabel("From business date").fill("2099-01-02");
  await page.getByRole("button", { name: "Plan it" }).click();
  await expect(page.locator("[data-planned='2099-01-02']")).toContainText("8.00");
  await expect(page.getByRole("heading", { name: "Planned prices" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel the planned price" }).click();
  await expect(page.locator("[data-planned]")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Planned prices" })).toHaveCount(0);

  await goTo(page, "/");
  await till.scan(good.gtin);
  await till.expectTotal(777);
});

test("a cashier sees neither prices to change nor counts to make; a manager does", async ({
  till,
  page,
  store,
}) => {
  await till.signIn();
  await goTo(page, "/back-office/today");
  await expect(page.getByRole("link", { name: "Sales" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Goods" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Counts" })).toHaveCount(0);
  for (const part of ["goods", "counts"]) {
    await goTo(page, `/back-office/${part}`);
    await expect(page.locator("[data-manager-door]")).toContainText("This page is a manager's");
  }
  await goTo(page, "/");
  await till.control("SIGNOUT");
  await openShiftAsManager(till, store);
  await goTo(page, "/back-office/counts");
  await expect(page.getByRole("heading", { name: "Counts and deliveries" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Goods" })).toBeVisible();
});
