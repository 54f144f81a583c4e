import { expect, test } from "./fixtures.ts";
import { oneGood } from "./rings-up.ts";

test("a scan whose first keys were given away on a busy screen takes back only what was taken", async ({
  till,
  page,
}) => {
  await till.openShift();
  const good = oneGood();
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);
  await till.press("F12");
  await till.typeByHand("20");
  const typed = page.locator("[data-pad] input");
  await expect(typed).toHaveValue("0.20");

  // The page is so busy that the burst's letters arrive late: they are given away first, then taken back.
  await page.evaluate(() => {
    const key = (text: string, code: string) =>
      document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: text, code, bubbles: true, cancelable: true }),
      );
    for (const letter of "EVC") key(letter, `Key${letter}`);
  });
  await till.control("UP");
  await expect(typed).toHaveValue("0.20");
});
