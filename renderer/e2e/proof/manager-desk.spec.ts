import { createAdminClient } from "../../../cloud-infra/local/admin-client.ts";
import { goTo } from "../go-to.ts";
import { oneGood, ringUp } from "../rings-up.ts";
import { openLine } from "./cut-line.ts";
import { expect, test } from "./household.ts";
import { openToSell, startSecondTill } from "./openings.ts";
import { keepPicture } from "./screen.ts";

test("[P1] the sync centre of one till shows the other, and proves the date of both", async ({
  browser,
  household,
}) => {
  test.setTimeout(120_000);
  const server = await household.startStoreServer();
  await household.startDevices();
  const first = await household.startTill();
  const second = await startSecondTill(household, server);
  const [pageA, pageB] = [await browser.newPage(), await browser.newPage()];
  const tillA = await openToSell(pageA, first.ready.register, household, "manager");
  const tillB = await openToSell(pageB, second.ready.register, household, "manager");
  const good = oneGood();
  await ringUp(tillA, [good]);
  await ringUp(tillB, [good, good]);

  await goTo(pageA, "/back-office/sync");
  const other = pageA.locator("[data-till='2']");
  await expect(other).toHaveAttribute("data-line", "online", { timeout: 20_000 });
  await expect(other).toHaveAttribute("data-till-unsent", "0", { timeout: 20_000 });
  for (const [number, pieces] of [
    ["1", 1],
    ["2", 2],
  ] as const) {
    const proof = pageA.locator(`[data-proof='${number}']`);
    await expect(proof).toHaveAttribute("data-verdict", "equal", { timeout: 30_000 });
    const total = String(pieces * good.priceMinor);
    await expect(proof.locator(`[data-total-minor="${total}"]`)).toHaveCount(2);
  }
  await keepPicture(pageA, "p-two-tills-sync-centre");
});

test("[C3] head office and a store change one price: the inbox shows both, one press decides", async ({
  page,
  household,
}) => {
  test.setTimeout(120_000);
  const server = await household.startStoreServer();
  await household.startDevices();
  const admin = createAdminClient(server.ready);
  const [store] = await admin.stores();
  const storeId = store?.storeId ?? "";
  // A till of its own: where it finds the cloud is settled at its enrolment.
  const line = await openLine(server.ready.endpoint);
  const { register } = (await startSecondTill(household, server, line.endpoint)).ready;
  const till = await openToSell(page, register, household, "manager");
  const network = page.locator("[data-chip=network]");
  await expect(network).toContainText("all proved", { timeout: 20_000 });
  const good = oneGood();

  // Neither side knows of the other's change.
  line.cut();
  await goTo(page, `/back-office/goods/${good.sku}`);
  await page.locator("input[name=price]").fill("7.77");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It counts at this till at once")).toBeVisible();
  await expect(page.getByText("The cloud has not heard of these changes yet")).toBeVisible();
  const { sku } = good;
  const headOffice = { storeId, sku, changes: { priceMinor: 555 }, who: "Price desk" };
  expect(await admin.editProduct(headOffice)).toBe(true);
  line.mend();

  await goTo(page, "/back-office/inbox");
  const card = page.locator("[data-exception=edit-conflict]");
  await expect(card).toBeVisible({ timeout: 30_000 });
  await expect(card.locator("[data-side=kept]")).toContainText("5.55");
  await expect(card.locator("[data-side=kept]")).toContainText("Price desk");
  await expect(card.locator("[data-side=kept]")).toContainText("Head office");
  await expect(card.locator("[data-side=other]")).toContainText("7.77");
  const manager = household.people.find(({ role }) => role === "manager");
  await expect(card.locator("[data-side=other]")).toContainText(manager?.name ?? "nobody");
  await keepPicture(page, "p-edit-conflict");
  await card.getByRole("button", { name: "Take the other" }).click();
  await expect(page.locator("[data-inbox-empty]")).toBeVisible({ timeout: 20_000 });

  await goTo(page, `/back-office/goods/${good.sku}`);
  await expect(page.locator("input[name=price]")).toHaveValue("7.77", { timeout: 20_000 });
  await goTo(page, "/");
  await till.scan(good.gtin);
  await till.expectTotal(777);
});
