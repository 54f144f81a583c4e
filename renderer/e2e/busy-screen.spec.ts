import type { CDPSession } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { oneGood } from "./rings-up.ts";

/** Keys of a scanner, with the times at which it sent them: a busy page hears of them later. */
async function sendKeys(session: CDPSession, text: string, firstAtS: number): Promise<void> {
  for (const [i, character] of Array.from(text).entries()) {
    const isEnter = character === "\r";
    const shared = {
      key: isEnter ? "Enter" : character,
      code: isEnter ? "Enter" : character === "-" ? "Minus" : `Key${character}`,
      timestamp: firstAtS + i * 0.003,
      modifiers: /[A-Z]/.test(character) ? 8 : 0,
    };
    await session.send("Input.dispatchKeyEvent", { type: "keyDown", text: character, ...shared });
    await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...shared });
  }
}

test("a scan whose first keys were given away on a busy screen costs no digit that a person typed", async ({
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
  // The hand puts down nothing but needs a moment to lift the scanner.
  await page.waitForTimeout(400);

  const session = await page.context().newCDPSession(page);
  const startS = Date.now() / 1000;
  await sendKeys(session, "EVC", startS);
  // Not a wait for something to happen: this silence is what makes the screen give the letters
  // away.
  await page.waitForTimeout(600);
  await sendKeys(session, "-UP\r", startS + 0.009);
  await expect(page.locator("[data-line][data-selected]")).toBeVisible();
  await expect(typed).toHaveValue("0.20");
});
