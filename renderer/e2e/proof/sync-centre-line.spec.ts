import { cpSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { oneGood, ringUp } from "../rings-up.ts";
import { goTo } from "../go-to.ts";
import { expect, test } from "./household.ts";
import { inEveryLanguage } from "./language-pictures.ts";
import { openToSell } from "./openings.ts";
import { keepPicture } from "./screen.ts";

test("[L1] the line's breaker in words: closed, open with its reason and next try, closed again", async ({
  page,
  household,
}) => {
  test.setTimeout(120_000);
  const server = await household.startStoreServer();
  const { register } = (await household.startTill()).ready;
  await openToSell(page, register, household);
  await goTo(page, "/back-office/sync");
  const breaker = page.locator("[data-breaker]");
  await expect(breaker).toHaveAttribute("data-breaker", "closed", { timeout: 20_000 });
  await expect(breaker).toContainText("Closed: everything passes");
  await expect(breaker).toContainText("not since this till started");

  await server.kill();
  await expect(breaker).toHaveAttribute("data-breaker", /open|probing/);
  await expect(breaker.locator("[data-failures]")).not.toHaveAttribute("data-failures", /^[01]$/);
  const reasons = {
    en: "The cloud does not answer. Look at the network",
    de: "Die Cloud antwortet nicht. Sehen Sie nach dem Netzwerk",
    he: "הענן אינו עונה. בדקו את הרשת",
  };
  await inEveryLanguage(page, "p-breaker", async (language) => {
    const trouble = breaker.locator("[data-trouble=unreachable]");
    await expect(trouble).toContainText(reasons[language]);
  });

  await household.startStoreServer();
  await expect(breaker).toHaveAttribute("data-breaker", "closed", { timeout: 10_000 });
  await expect(breaker.locator("[data-failures]")).toHaveAttribute("data-failures", "0");
  await expect(breaker.locator("[data-last-trouble=unreachable]")).toBeVisible();
});

test("[R1] [U2] a disk put back: the sync centre says what was found and what was healed", async ({
  page,
  household,
}) => {
  test.setTimeout(120_000);
  await household.startStoreServer();
  const first = await household.startTill();
  // The whole disk: the ledger and what lies beside it.
  const disk = dirname(household.folder.ledger);
  const copy = `${household.folder.root}-copy`;
  const till = await openToSell(page, first.ready.register, household);
  const good = oneGood();
  await ringUp(till, [good]);
  const network = page.locator("[data-chip=network]");
  await expect(network).toContainText("all proved", { timeout: 20_000 });
  await first.stop();
  cpSync(disk, copy, { recursive: true });

  // Two sales that the older copy does not know; then one more that the cloud does not know either.
  const later = await household.startTill();
  await ringUp(till, [good]);
  await ringUp(till, [good]);
  await expect(network).toContainText("all proved", { timeout: 20_000 });
  await later.kill();
  rmSync(disk, { recursive: true });
  cpSync(copy, disk, { recursive: true });
  await household.startTill();
  await ringUp(till, [good]);

  await goTo(page, "/back-office/sync");
  const found = page.locator("[data-finding=forked]");
  await expect(found).toBeVisible({ timeout: 20_000 });
  await expect(page.locator("[data-restored-here]")).toHaveAttribute("data-restored-here", "2", {
    timeout: 20_000,
  });
  const words = {
    en: "Both stories are kept. The till goes on in epoch 2",
    de: "Beide Fassungen bleiben. Die Kasse macht in Epoche 2 weiter",
    he: "שתי הגרסאות נשמרו. הקופה ממשיכה בתקופה 2",
  };
  await inEveryLanguage(page, "p-put-back", async (language) => {
    await expect(found).toContainText(words[language]);
  });

  // The till's own row leads to what asks about it, and to nothing else.
  const open = page.locator("[data-till='1'] [data-till-exceptions]");
  await expect(open).toBeVisible();
  await open.click();
  await expect(page.locator("[data-inbox-till='1']")).toContainText("Only what names till 1");
  await expect(page.locator("[data-exception=forked]")).toBeVisible();
  await keepPicture(page, "p-inbox-of-one-till");
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page.locator("[data-inbox-till]")).toHaveCount(0);
  rmSync(copy, { recursive: true });
});
