import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { controlBarcode, type ControlKey } from "../../hardware/scanner/control-card.ts";
import { type DemoPerson, startStore, type StoreProcess } from "./store-process.ts";
import { plugInWedge } from "./wedge.ts";

/**
 * The cashier's screen as a test uses it. Amounts in minor units, as the screen's data attributes
 * say them.
 */
export interface Till {
  readonly page: Page;
  readonly total: Locator;
  readonly items: Locator;
  readonly due: Locator;
  readonly change: Locator;
  readonly lines: Locator;
  readonly notice: Locator;
  /** Signs in by keyboard; the first cashier where nobody is named. */
  signIn(person?: DemoPerson): Promise<void>;
  /** Signs in if nobody is, opens the shift if none is open. */
  openShift(): Promise<void>;
  /** Scans codes one right behind the other, as fast as the scanner is. */
  scan(...codes: string[]): Promise<void>;
  /** Scans a barcode of the control card. */
  control(...keys: ControlKey[]): Promise<void>;
  /** Types characters as a person does, slower than any scanner. */
  typeByHand(text: string): Promise<void>;
  /** Presses keys by name ("F12", "Enter") as a person does. */
  press(...keys: string[]): Promise<void>;
  expectTotal(minor: number): Promise<void>;
}

/** Codes of the demo store's goods that the tests sell. */
export interface DemoGoods {
  readonly gtin: string;
  readonly name: string;
  readonly priceMinor: number;
}

interface Fixtures {
  /** A store of its own for each test, freshly made, and gone afterwards. */
  readonly store: StoreProcess;
  readonly till: Till;
}

export const test = base.extend<Fixtures>({
  store: async ({}, use) => {
    const data = await mkdtemp(join(tmpdir(), "evertill-e2e-"));
    const store = await startStore(data);
    await use(store);
    await store.stop();
    await rm(data, { recursive: true, force: true });
  },
  till: async ({ page, store }, use) => {
    await page.goto(store.register);
    await use(await openTill(page, store));
  },
});

export { expect };

const handPauseMs = 110;
const handToScannerMs = 350;

/** Drives the register that `page` shows. */
export async function openTill(page: Page, store: Pick<StoreProcess, "people">): Promise<Till> {
  const wedge = await plugInWedge(page);
  const total = page.locator("[data-total]");
  let lastHandAtMs = 0;

  /**
   * A hand that typed needs a moment to lift the scanner; keys closer to a code than that are not a
   * scan's.
   */
  async function liftScanner(): Promise<void> {
    const restMs = lastHandAtMs + handToScannerMs - Date.now();
    if (restMs > 0) await page.waitForTimeout(restMs);
  }

  /** A key before the last scan's own time would look like a part of that scan. */
  async function layScannerDown(): Promise<void> {
    const aheadMs = wedge.aheadMs();
    if (aheadMs > 0) await page.waitForTimeout(aheadMs + handToScannerMs);
  }

  const till: Till = {
    page,
    total,
    items: page.locator("[data-items]"),
    due: page.locator("section[data-due]"),
    change: page.locator("[data-change]"),
    lines: page.locator("[data-line]"),
    notice: page.locator("[data-notice]"),
    async signIn(person = cashierOf(store)) {
      await page.locator(`[data-person="${person.name}"]`).click();
      await till.typeByHand(person.pin);
      await till.press("Enter");
      await expect(total).toBeVisible();
    },
    async openShift() {
      if ((await total.count()) === 0) await till.signIn();
      await till.typeByHand("10000");
      await till.press("Enter");
      await expect(page.locator("[data-chip=shift]")).not.toContainText("No shift");
    },
    async scan(...codes) {
      await liftScanner();
      await Promise.all(codes.map((code) => wedge.scan(code)));
    },
    control: (...keys) => till.scan(...keys.map(controlBarcode)),
    async typeByHand(text) {
      await layScannerDown();
      for (const character of text) {
        await page.keyboard.press(character);
        // Not a wait for something to happen: the pause is what makes these keys a person's.
        await page.waitForTimeout(handPauseMs);
      }
      lastHandAtMs = Date.now();
    },
    async press(...keys) {
      await layScannerDown();
      for (const key of keys) await page.keyboard.press(key);
      lastHandAtMs = Date.now();
    },
    expectTotal: (minor) => expect(total).toHaveAttribute("data-total", String(minor)),
  };
  await expect(total.or(page.locator("[data-person]").first())).toBeVisible();
  return till;
}

export function cashierOf(store: Pick<StoreProcess, "people">): DemoPerson {
  const cashier = store.people.find((person) => person.role === "cashier");
  if (cashier === undefined) throw new Error("the demo store has no cashier");
  return cashier;
}
