import { type DemoGood, sumMinor } from "../demo-goods.ts";
import type { Till } from "../fixtures.ts";

/** Scans `goods` one after the other, each as soon as the total says that the one before is in the sale. */
export async function scanAll(
  till: Till,
  goods: readonly DemoGood[],
  beforeMinor = 0,
): Promise<void> {
  for (let n = 1; n <= goods.length; n++) {
    await till.scan(goods[n - 1]?.gtin ?? "");
    const totalMinor = beforeMinor + sumMinor(goods.slice(0, n));
    await till.page.waitForFunction(
      (wanted) => document.querySelector(`[data-total="${wanted}"]`) !== null,
      totalMinor,
      { timeout: 5_000 },
    );
  }
}
