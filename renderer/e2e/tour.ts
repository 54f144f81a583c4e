import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { receiptBarcode } from "../../hardware/scanner/control-card.ts";
import { goodsToSell } from "./demo-goods.ts";
import { expect, type Till } from "./fixtures.ts";
import type { Paper } from "./paper.ts";
import { ringUp } from "./rings-up.ts";

/** Where pictures go that a person looks at. */
export const pictures = join(import.meta.dirname, "..", "..", "artifacts", "screens");

/** Takes the picture of a screen and holds it to what every screen owes. */
export type Snap = (name: string) => Promise<void>;

/** `suffix`: language, colours and width, e.g. "he-light-1366". */
export function photographer(page: Page, suffix: string): Snap {
  mkdirSync(pictures, { recursive: true });
  return async (name) => {
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(tooWide, `${name} is wider than its window`).toBeLessThanOrEqual(0);
    await page.screenshot({
      path: join(pictures, `${name}-${suffix}.png`),
      animations: "disabled",
    });
  };
}

/** The register from the first scan to the change, and every pane that has to do with the sale. */
export async function tourSale(till: Till, snap: Snap): Promise<string> {
  const { page } = till;
  await snap("register-empty");
  const goods = goodsToSell(6);
  for (const good of goods) await till.scan(good.gtin);
  await expect(till.lines).toHaveCount(goods.length);
  await snap("register-sale");
  const panes = [
    ["F1", "keys"],
    ["F3", "quantity"],
    ["F9", "drawer"],
    ["F11", "open-item"],
    ["Shift+Delete", "void"],
  ] as const;
  for (const [key, name] of panes) {
    await till.press(key);
    await expect(page.locator("[data-pane-back]")).toBeVisible();
    await snap(name);
    await till.press("Escape");
    await expect(page.locator("[data-pane-back]")).toHaveCount(0);
  }
  await till.typeByHand("a");
  await expect(page.locator("[data-result]").first()).toBeVisible();
  await snap("search");
  await till.press("Escape");
  await till.scan("4006381333932");
  await expect(till.notice).toBeVisible();
  await snap("misread");
  await till.press("F12");
  await expect(till.due).toBeVisible();
  await snap("pay");
  await till.control("5", "0", "00", "CASH");
  await expect(till.change).toBeVisible();
  await snap("change");
  const number = await page.locator("[data-last-receipt]").getAttribute("data-last-receipt");
  return number ?? "";
}

/** The panes that look back: suspended, returns, receipts, print jobs. */
export async function tourPanes(till: Till, snap: Snap, parts: TourParts): Promise<void> {
  const { page } = till;
  const [first, second] = goodsToSell(2);
  if (!first || !second) throw new Error("the demo store has too few goods");
  await till.scan(first.gtin);
  await till.expectTotal(first.priceMinor);
  await till.press("F6");
  await expect(page.locator("[data-empty-cart]")).toBeVisible();
  await till.press("F6");
  await expect(page.locator("[data-suspended]")).toBeVisible();
  await snap("suspended");
  await till.press("F7");
  await expect(page.locator("[data-pane] input")).toBeFocused();
  await snap("returns");
  await till.scan(receiptBarcode(parts.receipt));
  await expect(page.locator("[data-return-line]").first()).toBeVisible();
  await till.control("YES", "2");
  await snap("returns-lines");
  await till.press("F10");
  await expect(page.locator("[data-pane] li button").first()).toBeVisible();
  await snap("receipts");
  await page.locator("[data-pane] li button").first().click();
  await expect(page.locator("[data-document=receipt]")).toBeVisible();
  await snap("receipt");
  await till.press("Escape", "Escape");
  await parts.paper.set({ line: "cut" });
  await ringUp(till, [second]);
  await page.locator("[data-chip=printer]").click();
  await expect(page.locator("[data-job=receipt][data-state=unknown]")).toBeVisible();
  await snap("print-jobs");
  await parts.paper.set({ line: "whole" });
  // The broken line may have taken the drawer's kick with it: both questions are answered.
  const unknown = page.locator("[data-job][data-state=unknown]");
  for (let left = await unknown.count(); left > 0; left--) {
    await till.control("YES");
    await expect(unknown).toHaveCount(left - 1);
  }
  await till.press("Escape");
  await page.getByRole("banner").getByRole("button").last().click();
  await expect(page.locator("[data-pane] [data-action=sign-out]")).toBeVisible();
  await snap("menu");
}

export interface TourParts {
  /** A receipt that goods can come back from. */
  readonly receipt: string;
  readonly paper: Paper;
}

/** The close of the shift, from the open menu to the stored Z. */
export async function tourShiftClose(till: Till, snap: Snap): Promise<void> {
  const { page } = till;
  await page.locator("[data-pane] [data-action=shift]").click();
  await till.control("DOWN", "DOWN", "1", "DOWN", "3");
  await snap("shift-count");
  await till.control(...Array.from({ length: 12 }, () => "ENTER" as const));
  await expect(page.locator("[data-variance]")).toBeVisible();
  await till.control("1");
  await snap("shift-look");
  await till.control("ENTER");
  await expect(page.locator("[data-document=shift]")).toBeVisible();
  await snap("shift-report");
  await till.control("ENTER");
  await expect(page.locator("[data-stored-z]")).toBeVisible();
  await snap("shift-closed");
  await till.control("ENTER");
  await expect(page.locator("[data-stored-z]")).toHaveCount(0);
}

async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, route);
}

/** The pages that are a manager's, each with something on it. */
export async function tourManager(till: Till, snap: Snap): Promise<void> {
  const { page } = till;
  const [good, other] = goodsToSell(2);
  if (!good || !other) throw new Error("the demo store has too few goods");
  await goTo(page, `/back-office/counts/${good.sku}`);
  await expect(page.locator("[data-sheet-line]")).toHaveCount(1);
  await till.scan(other.gtin);
  await expect(page.locator("[data-sheet-line]")).toHaveCount(2);
  await page.locator(`[data-sheet-line="${good.sku}"] input`).fill("1");
  await page.locator(`[data-sheet-line="${other.sku}"] input`).fill("7");
  await snap("office-counts");
  await page.locator("[data-save-sheet]").click();
  await expect(page.locator("[data-saved=count]")).toBeVisible();
  await snap("office-counts-saved");
  await goTo(page, `/back-office/goods/${good.sku}`);
  await expect(page.locator("input[name=price]")).toBeVisible();
  await snap("office-goods");
  await goTo(page, "/");
  await ringUp(till, [good, good]);
  await goTo(page, "/back-office/inbox");
  await expect(page.locator("[data-exception=oversold]")).toBeVisible({ timeout: 30_000 });
  await snap("office-inbox");
}

/** Every page of the back office, with a detail open where there is one, and the control card. */
export async function tourBackOffice(till: Till, snap: Snap): Promise<void> {
  const { page } = till;
  await goTo(page, "/back-office/today");
  await expect(page.locator("[data-turnover]")).toBeVisible();
  await snap("office-today");
  for (const part of ["sales", "stock", "shifts"]) {
    await goTo(page, `/back-office/${part}`);
    const row = page.locator("[data-index='0']").first();
    await expect(row).toBeVisible();
    await snap(`office-${part}`);
    await row.click();
    await expect(page.locator("article, [data-level]").first()).toBeVisible();
    await snap(`office-${part}-detail`);
  }
  const [good] = goodsToSell(1);
  await goTo(page, `/back-office/stock/${good?.sku ?? ""}`);
  await expect(page.locator("[data-level]")).toBeVisible();
  await snap("office-movements");
  await goTo(page, "/back-office/sync");
  await expect(page.locator("[data-headline=proved]")).toBeVisible({ timeout: 20_000 });
  await snap("office-sync");
  await goTo(page, "/control-card");
  await expect(page.locator("[data-barcode]").first()).toBeVisible();
  await snap("control-card");
}
