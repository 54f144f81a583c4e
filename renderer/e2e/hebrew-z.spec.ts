import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, openTill, test as base } from "./fixtures.ts";
import { paperOf } from "./paper.ts";
import { oneGood, ringUp } from "./rings-up.ts";
import { startStore, type StoreProcess } from "./store-process.ts";

/** Where pictures go that a person looks at. */
const pictures = join(import.meta.dirname, "..", "..", "artifacts", "screens");

const test = base.extend<{ hebrewStore: StoreProcess }>({
  hebrewStore: async ({}, use) => {
    const data = await mkdtemp(join(tmpdir(), "evertill-e2e-"));
    const store = await startStore(data, ["--locale", "he"]);
    await use(store);
    await store.stop();
    await rm(data, { recursive: true, force: true });
  },
});

test("a shift is closed in Hebrew, from right to left, on the screen and on the paper", async ({
  page,
  hebrewStore: store,
}) => {
  await mkdir(pictures, { recursive: true });
  await page.goto(store.register);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  const till = await openTill(page, store);
  await till.signIn();
  await till.typeByHand("10000");
  await till.press("Enter");
  await expect(page.locator("[data-empty-cart]")).toBeVisible();
  const good = oneGood();
  await ringUp(till, [good, good]);

  await page.getByRole("banner").getByRole("button").last().click();
  await page.locator("[data-pane] [data-action=shift]").click();
  // 100.00 by pieces: less than expected, so that a variance stands on the Z.
  await till.control("DOWN", "DOWN", "1", ...Array.from({ length: 13 }, () => "ENTER" as const));
  const variance = page.locator("[data-variance]");
  await expect(variance).toHaveAttribute("data-variance", String(-2 * good.priceMinor));
  await expect(variance).toContainText("חסר");
  await till.control("1", "ENTER", "ENTER");

  const z = page.locator("[data-document=z]");
  await expect(z).toContainText("דוח Z 1");
  await expect(z).toContainText("קופה פותחת");
  // Tall enough for the whole document.
  await page.setViewportSize({ width: 1366, height: 1500 });
  await z.screenshot({ path: join(pictures, "z-report-he.png") });
  await expect(page.locator("[data-stored-z]")).toContainText("הוא הודפס");
  const paper = paperOf(store);
  await expect.poll(async () => (await paper.receipts()).length).toBe(2);
  const [newest] = await paper.receipts();
  if (newest === undefined) throw new Error("no paper");
  const picture = await paper.picture(newest.number);
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
  await writeFile(join(pictures, "z-paper-he.png"), picture);
});
