import { type DemoGood, sumMinor } from "../demo-goods.ts";
import type { Till } from "../fixtures.ts";

/**
 * Scans `goods` one after the other, each as soon as the total says that the one before is in the sale.
 * Answers how long each took, in milliseconds.
 */
export async function scanAll(
  till: Till,
  goods: readonly DemoGood[],
  beforeMinor = 0,
): Promise<number[]> {
  const tookMs: number[] = [];
  for (let n = 1; n <= goods.length; n++) {
    const startedMs = performance.now();
    await till.scan(goods[n - 1]?.gtin ?? "");
    await till.page.waitForFunction(
      (wanted) => document.querySelector(`[data-total="${wanted}"]`) !== null,
      beforeMinor + sumMinor(goods.slice(0, n)),
      { timeout: 5_000 },
    );
    tookMs.push(performance.now() - startedMs);
  }
  return tookMs;
}
