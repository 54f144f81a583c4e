import { productOf } from "../shop/goods.ts";
import type { Shop } from "../shop/shop.ts";
import { storeId } from "../shop/template.ts";
import type { Step } from "./step.ts";

/** The owner changes a price, or brings in a good that nobody had. */
async function editGoods({ chance, cloud, goods, book, faults }: Shop): Promise<void> {
  if (!cloud.isUp()) return;
  faults.note("catalogue edited");
  const isNew = chance.happens(300);
  const sku = isNew ? `new-${chance.below(20)}` : chance.pick([...goods.keys()]);
  const product = productOf(sku, chance.between(1, 2_000));
  const openingMilli = isNew && !book.stated().has(sku) ? 1_000 * chance.between(1, 20) : undefined;
  await cloud
    .owner()
    .store.importCatalogue({ storeId, items: [{ product, openingMilli }], atMs: 0 });
  goods.set(sku, product);
  if (openingMilli !== undefined) book.moved(sku, openingMilli);
  cloud.announce(storeId);
}

async function removeGood({ chance, cloud, goods }: Shop): Promise<void> {
  if (!cloud.isUp() || goods.size < 4) return;
  const sku = chance.pick([...goods.keys()]);
  await cloud.owner().store.removeProduct(storeId, sku);
  goods.delete(sku);
  cloud.announce(storeId);
}

/** Somebody buys online what stands on the shelf. */
async function sellOnline({ chance, goods, web }: Shop): Promise<void> {
  for (let n = chance.between(1, 4); n > 0; n--) {
    web.sell(chance.pick([...goods.keys()]), chance.between(1, 3));
  }
  await web.flush();
}

export const ownerSteps: readonly Step[] = [
  { name: "edit goods", family: "owner", weight: 6, run: editGoods },
  { name: "remove a good", family: "owner", weight: 1, run: removeGood },
  { name: "sell online", family: "web", weight: 10, run: sellOnline },
];
