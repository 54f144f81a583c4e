import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askTill } from "../ask-till.ts";
import { dataFolder as partsOf } from "../../../host/node/data-folder.ts";
import { paperOf as itemsOf } from "../../../hardware/printer/plain-text.ts";
import type { Raster } from "../../../hardware/printer/raster.ts";
import { sumMinor } from "../demo-goods.ts";
import { openTill } from "../fixtures.ts";
import { paperOf } from "../paper.ts";
import { startStore } from "../store-process.ts";
import { hebrewGoods, scaleLabel, weighedHebrewGood } from "./hebrew-goods.ts";
import { expect, test } from "./household.ts";
import { artifact, keepPicture } from "./screen.ts";

const paperDots = 576;
const grams = 846;

test("a Hebrew receipt: right to left, on the screen and on paper", async ({
  page,
  dataFolder,
}) => {
  const store = await startStore(dataFolder, ["--locale", "he"]);
  try {
    await page.goto(store.register);
    const till = await openTill(page, store);
    await till.signIn();
    await till.typeByHand("10000");
    await till.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.locator("[data-pane=shift]")).toBeHidden();
    const goods = hebrewGoods.slice(0, 4);
    const weighed = weighedHebrewGood();
    for (const { gtin } of goods) await till.scan(gtin);
    await till.expectTotal(sumMinor(goods));
    await till.scan(scaleLabel(weighed, grams));
    const totalMinor = sumMinor(goods) + Math.round((weighed.priceMinor * grams) / 1000);
    await till.expectTotal(totalMinor);
    await keepPicture(page, "g-hebrew-sale");
    await till.control("PAY");
    await expect(till.due).toBeVisible();
    await keepPicture(page, "g-hebrew-pay");
    await till.control("CASH");
    await expect(till.change).toHaveAttribute("data-change", "0");

    // Letters that the printer does not have itself come as a picture, line by line.
    const paper = paperOf(store);
    const receipt = await paper.waitFor("EVR-1-000001");
    writeFileSync(artifact("g-hebrew-receipt.png"), await paper.picture(receipt.number));
    const goodsLines = goodsLinesOf(join(partsOf(dataFolder).devices, "paper", "000001.bin"));
    expect(goodsLines.length).toBeGreaterThanOrEqual(goods.length + 1);
    for (const line of goodsLines.slice(0, goods.length + 1)) {
      const { leftDots, rightDots } = inkOf(line);
      // The name begins at the right edge, the amount and its tax letter end at the left one.
      expect(rightDots).toBeGreaterThan(paperDots - 24);
      expect(leftDots).toBeLessThan(24);
    }

    // What the picture shows is the stored receipt, whose words and amounts can be read as text.
    const [listed] = await askTill(page, "receipt.list", {});
    const stored = await askTill(page, "receipt.get", { saleId: listed?.saleId ?? "" });
    expect(stored.lines.map(({ name }) => name)).toEqual([
      ...goods.map(({ name }) => name),
      weighed.name,
    ]);
    expect(stored.totalMinor).toBe(totalMinor);
    await page.evaluate(() => {
      location.hash = "/back-office/sales";
    });
    await page.locator("[data-index='0']").click();
    const shown = page.locator("[data-receipt='1-000001']");
    await expect(shown).toContainText(weighed.name);
    await expect(shown).toContainText((totalMinor / 100).toLocaleString("en"));
    await keepPicture(page, "g-hebrew-receipt-in-the-back-office");
  } finally {
    await store.stop();
  }
});

/** The pictures between the first rule and the second: one or two a line of goods. */
function goodsLinesOf(file: string): readonly Raster[] {
  const pictures = itemsOf(readFileSync(file), paperDots).filter((item) => item.kind === "raster");
  const isRule = ({ data }: Raster) => data.some((_, i) => isBlackRow(data, i));
  const first = pictures.findIndex(isRule);
  const second = pictures.findIndex((picture, i) => i > first && isRule(picture));
  const lines = pictures.slice(first + 1, second);
  return lines.filter((line) => inkOf(line).leftDots < 24);
}

/** Whether a row of black across the whole paper begins at byte `at`. */
function isBlackRow(data: Uint8Array, at: number): boolean {
  const bytes = paperDots / 8;
  return at % bytes === 0 && data.subarray(at, at + bytes).every((byte) => byte === 0xff);
}

/** The outermost columns with ink. */
function inkOf({ data, widthDots }: Raster): { leftDots: number; rightDots: number } {
  const rowBytes = widthDots / 8;
  const columns = Array.from(data).flatMap((byte, i) =>
    Array.from({ length: 8 }, (_, bit) => bit)
      .filter((bit) => (byte & (0x80 >> bit)) !== 0)
      .map((bit) => (i % rowBytes) * 8 + bit),
  );
  return {
    leftDots: columns.reduce((least, column) => Math.min(least, column), widthDots),
    rightDots: columns.reduce((most, column) => Math.max(most, column), 0),
  };
}
