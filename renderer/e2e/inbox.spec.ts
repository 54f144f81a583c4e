import { expect, test } from "./fixtures.ts";
import { goTo } from "./go-to.ts";
import { openShiftAsManager } from "./manager.ts";
import { oneGood, ringUp } from "./rings-up.ts";

test("[C1] more is sold than counted: the inbox says so, leads to the count, and keeps the answer", async ({
  till,
  page,
  store,
}) => {
  await openShiftAsManager(till, store);
  const good = oneGood();
  await goTo(page, "/back-office/inbox");
  await expect(page.locator("[data-inbox-empty]")).toContainText("Nothing asks for you.");
  await goTo(page, `/back-office/counts/${good.sku}`);
  await page.getByLabel(`Quantity of ${good.name}`).fill("1");
  await page.getByRole("button", { name: "Save the count of 1 good" }).click();
  await expect(page.locator("[data-saved=count]")).toBeVisible();
  await goTo(page, "/");
  await ringUp(till, [good, good]);

  await goTo(page, "/back-office/inbox");
  const card = page.locator("[data-exception=oversold]");
  await expect(card).toContainText(`Oversold: ${good.name}`.slice(0, 9), { timeout: 30_000 });
  await expect(page.locator("[data-open-exceptions]")).toBeVisible();
  await card.getByRole("button", { name: "Count it now" }).click();
  await expect(page.getByLabel(`Quantity of ${good.name}`)).toBeVisible();

  await goTo(page, "/back-office/inbox");
  await card.getByRole("button", { name: "It is counted" }).click();
  await expect(page.locator("[data-inbox-empty]")).toBeVisible();
  await page.getByLabel("Also answered ones").check();
  const manager = store.people.find(({ role }) => role === "manager");
  await expect(page.locator("[data-resolved=true]")).toContainText(
    new RegExp(`It is counted — .*${manager?.name}`),
  );
});

test("[D1] what a till's own sale caused is on its screen at once, not at the next poll", async ({
  till,
  page,
  store,
}) => {
  await openShiftAsManager(till, store);
  const good = oneGood();
  await goTo(page, `/back-office/counts/${good.sku}`);
  await page.getByLabel(`Quantity of ${good.name}`).fill("1");
  await page.getByRole("button", { name: "Save the count of 1 good" }).click();
  await expect(page.locator("[data-saved=count]")).toBeVisible();
  await goTo(page, "/");
  const network = page.locator("[data-chip=network]");
  await expect(network).toContainText("all proved", { timeout: 20_000 });
  await ringUp(till, [good, good]);
  // A page that asks for nothing: the badge beside the inbox is told.
  await goTo(page, "/back-office/stock");
  await expect(page.locator("[data-open-exceptions]")).toBeVisible({ timeout: 4_000 });
});
