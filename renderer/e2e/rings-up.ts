import { goodsToSell } from "./demo-goods.ts";
import type { DemoGood } from "./demo-goods.ts";
import { expect, type Till } from "./fixtures.ts";

/** Scans `goods` and takes exact cash with the control card. Answers the receipt's number. */
export async function ringUp(till: Till, goods: readonly DemoGood[]): Promise<string> {
  const total = goods.reduce((sum, good) => sum + good.priceMinor, 0);
  for (const good of goods) await till.scan(good.gtin);
  await till.expectTotal(total);
  await till.control("PAY", "CASH");
  await expect(till.change).toHaveAttribute("data-change", "0");
  const number = await till.page.locator("[data-last-receipt]").getAttribute("data-last-receipt");
  if (number === null) throw new Error("the sale has no receipt number");
  return number;
}

/** The first good of the demo store. */
export function oneGood(): DemoGood {
  const [good] = goodsToSell(1);
  if (good === undefined) throw new Error("the demo store has no goods");
  return good;
}
