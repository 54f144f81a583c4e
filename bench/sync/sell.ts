import { mkdirSync } from "node:fs";
import { openBenchTill, stockLedger } from "../bench-till.ts";
import { benchGoods } from "../goods.ts";
import { createBaskets, timeSale } from "../till-sale.ts";

const warmUpSales = 100;

/** Sales a second that a new till completes through the real command, each on the disk before the next. */
export async function sellAlone(folder: string, sales: number): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const goods = benchGoods(2_000, undefined);
  const till = await openBenchTill(await stockLedger(folder, goods));
  const basket = createBaskets(goods);
  let ms = 0;
  try {
    for (let n = -Math.min(warmUpSales, sales); n < sales; n++) {
      const took = await timeSale(till, basket());
      if (n >= 0) ms += took;
    }
  } finally {
    await till.host.close();
  }
  return (1_000 * sales) / ms;
}
