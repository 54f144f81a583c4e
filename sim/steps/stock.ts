import type { StockCountView } from "../../host/contract/stock-views.ts";
import type { StockView } from "../../host/contract/views.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { ask } from "./ask.ts";
import { readyToSell } from "./customers.ts";
import { asManager } from "./office.ts";
import { atTill, type Step } from "./step.ts";

/** [C2] Somebody counts a good, and finds more or less than the till says. */
async function count(shop: Shop, till: SimTill): Promise<void> {
  const { book, chance, faults, goods, trace } = shop;
  if ((await readyToSell(shop, till)) === null) return;
  const sku = chance.pick([...goods.keys()]);
  const listed = await ask<StockView[]>(till, "stock.list", { text: sku });
  const shown = listed?.find((row) => row.sku === sku)?.stockMilli ?? 0;
  const countedMilli = Math.max(0, shown + 1_000 * chance.between(-2, 2));
  faults.note("counted");
  const view = await ask<StockCountView>(till, "stock.count", { lines: [{ sku, countedMilli }] });
  if (view !== null) book.counted({ sku, countedMilli, countId: view.countId });
  else if (!till.isOn()) book.mayBeCounted(sku);
  trace(`${till.name} counted ${countedMilli} of ${sku}`);
}

async function receive(shop: Shop, till: SimTill): Promise<void> {
  const { book, chance, goods } = shop;
  if ((await readyToSell(shop, till)) === null) return;
  const sku = chance.pick([...goods.keys()]);
  const quantityMilli = 1_000 * chance.between(1, 20);
  const note = `delivery ${book.moment()}`;
  book.broughtIn({ sku, deltaMilli: quantityMilli, note });
  await ask(till, "stock.receive", { lines: [{ sku, quantityMilli }], note });
}

async function throwAway(shop: Shop, till: SimTill): Promise<void> {
  const { book, chance, goods } = shop;
  if (!(await asManager(till))) return;
  const sku = chance.pick([...goods.keys()]);
  const deltaMilli = -1_000 * chance.between(1, 3);
  const note = `waste ${book.moment()}`;
  book.broughtIn({ sku, deltaMilli, note });
  await ask(till, "stock.adjust", { reason: "waste", lines: [{ sku, deltaMilli }], note });
}

export const stockSteps: readonly Step[] = [
  { name: "count a good", family: "counts", weight: 8, run: atTill(count) },
  { name: "receive goods", family: "counts", weight: 5, run: atTill(receive) },
  { name: "throw away", family: "counts", weight: 3, run: atTill(throwAway) },
];
