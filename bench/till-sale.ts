import { uuidv7 } from "../domain/values/id.ts";
import { realClock, realRandom } from "../host/node/machine.ts";
import type { BenchTill } from "./bench-till.ts";
import type { BenchGood } from "./goods.ts";

const linesOfASale = 4;

/** Four goods a sale, the same ones in every run. */
export function createBaskets(goods: readonly BenchGood[]): () => string[] {
  let at = 0;
  return () =>
    Array.from({ length: linesOfASale }, () => {
      at = (at + 1_237) % goods.length;
      return goods[at]?.sku ?? "";
    });
}

/** What is due then, in minor units. */
export async function fillCart({ calls }: BenchTill, skus: readonly string[]): Promise<number> {
  let dueMinor = 0;
  for (const sku of skus) {
    const { cart } = await calls.ask("cart.add-product", { sku });
    dueMinor = cart?.dueMinor ?? 0;
  }
  return dueMinor;
}

/**
 * Sells these goods; milliseconds from `tender.cash` until fact, projections, stock and print jobs are on the
 * disk.
 */
export async function timeSale(till: BenchTill, skus: readonly string[]): Promise<number> {
  const amountMinor = await fillCart(till, skus);
  const input = { commandId: uuidv7(realClock, realRandom), amountMinor };
  const began = performance.now();
  const answer = await till.host.call("tender.cash", input);
  const ms = performance.now() - began;
  if (!answer.ok) throw new Error(`the sale was refused: ${JSON.stringify(answer.failure)}`);
  return ms;
}
