import { goTo } from "../go-to.ts";
import { oneGood, ringUp } from "../rings-up.ts";
import { expect, test } from "./household.ts";
import { openToSell } from "./openings.ts";
import { keepPicture } from "./screen.ts";

test("[P1] [P2] the line is down at the day's end: the till says what waits, and keeps nobody", async ({
  page,
  household,
}) => {
  test.setTimeout(120_000);
  const server = await household.startStoreServer();
  await household.startDevices();
  const { register } = (await household.startTill()).ready;
  const till = await openToSell(page, register, household);
  const good = oneGood();
  await ringUp(till, [good]);
  const network = page.locator("[data-chip=network]");
  await expect(network).toContainText("all proved", { timeout: 20_000 });
  await server.kill();
  await ringUp(till, [good]);
  await expect(network).toContainText("Offline");

  // Without the cloud nothing is called equal, and the evidence says whom it needs.
  await goTo(page, "/back-office/sync");
  await expect(page.locator("[data-proof]")).toHaveAttribute("data-verdict", "unknown");
  await expect(page.getByText("The cloud does not answer now, so nothing")).toBeVisible();
  await page.getByRole("button", { name: "Compare now" }).click();
  await expect(page.getByRole("alert")).toContainText("The cloud does not answer.");
  await expect(page.locator("[data-till='1'][data-line=offline]")).toBeVisible();
  await keepPicture(page, "p-offline-sync-centre");

  // In the middle of a shift nobody is asked; after its close the till says what waits.
  await goTo(page, "/");
  await till.control("SIGNOUT");
  await expect(page.locator("[data-person]").first()).toBeVisible();
  await till.signIn();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator("[data-pane] [data-action=shift]").click();
  await till.control(...Array.from({ length: 15 }, () => "ENTER" as const));
  await expect(page.locator("[data-variance]")).toBeVisible();
  await till.control("1");
  await till.control("ENTER");
  await expect(page.locator("[data-document=shift]")).toBeVisible();
  await till.control("ENTER");
  await expect(page.locator("[data-stored-z]")).toBeVisible();
  await till.control("ENTER");
  await till.control("SIGNOUT");
  const leaving = page.locator("[data-leave=unsent]");
  await expect(leaving).toContainText("not in the cloud yet");
  await expect(leaving).toContainText("Leave the till switched on and connected");
  await keepPicture(page, "p-leave-unsent");

  await household.startStoreServer();
  await expect(page.locator("[data-leave=sent]")).toBeVisible({ timeout: 20_000 });
  await page.locator("[data-action=leave]").click();
  await expect(page.locator("[data-person]").first()).toBeVisible();
});
