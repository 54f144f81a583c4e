import { cashierOf, expect, openTill, test } from "./fixtures.ts";
import { openShiftAsManager } from "./manager.ts";
import { paperOf } from "./paper.ts";
import {
  photographer,
  tourBackOffice,
  tourManager,
  tourPanes,
  tourSale,
  tourShiftClose,
} from "./tour.ts";

/**
 * Both directions of writing, both colours, the narrowest and the widest screen that we promise.
 */
const looks = [
  { language: "en", colours: "light", width: 1366, height: 768 },
  { language: "he", colours: "light", width: 1366, height: 768 },
  { language: "de", colours: "dark", width: 1024, height: 768 },
  { language: "he", colours: "dark", width: 1920, height: 1080 },
] as const;

for (const { language, colours, width, height } of looks) {
  test(`every screen in ${language}, ${colours}, ${width} × ${height}`, async ({ page, store }) => {
    test.setTimeout(180_000);
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.setViewportSize({ width, height });
    await page.addInitScript(
      (state) => localStorage.setItem("evertill.preferences", JSON.stringify(state)),
      { state: { language, colours, muted: true }, version: 0 },
    );
    await page.goto(store.register);
    const till = await openTill(page, store);
    const snap = photographer(page, `${language}-${colours}-${width}`);
    await expect(page.locator("html")).toHaveAttribute("dir", language === "he" ? "rtl" : "ltr");

    await snap("sign-in");
    await page.locator(`[data-person="${cashierOf(store).name}"]`).click();
    await snap("sign-in-pin");
    await till.typeByHand(cashierOf(store).pin);
    await till.press("Enter");
    await expect(till.total).toBeVisible();
    await snap("shift-open");
    await till.typeByHand("10000");
    await till.press("Enter");
    await expect(page.locator("[data-empty-cart]")).toBeVisible();

    const receipt = await tourSale(till, snap);
    await tourPanes(till, snap, { receipt, paper: paperOf(store) });
    await tourShiftClose(till, snap);
    await tourBackOffice(till, snap);

    await page.goto(`${new URL(page.url()).origin}/#/`);
    await till.control("SIGNOUT");
    await openShiftAsManager(till, store);
    await tourManager(till, snap);
    expect(complaints).toEqual([]);
  });
}
