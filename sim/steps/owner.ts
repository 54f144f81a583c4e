import { productOf } from "../shop/goods.ts";
import type { Shop } from "../shop/shop.ts";
import { people, storeId } from "../shop/template.ts";
import type { Step } from "./step.ts";

/** The head office sends its file anew: another price, or a good that nobody had. */
async function importGoods(shop: Shop): Promise<void> {
  const { chance, cloud, goods, book, edits, faults } = shop;
  if (!cloud.isUp()) return;
  faults.note("catalogue imported");
  const isNew = chance.happens(300);
  const sku = isNew ? `new-${chance.below(20)}` : chance.pick([...goods.keys()]);
  const priceMinor = shop.freshPrice();
  const product = productOf(sku, priceMinor);
  const openingMilli = isNew && !book.stated().has(sku) ? 1_000 * chance.between(1, 20) : undefined;
  const items = [{ product, openingMilli }];
  await cloud.owner().store.importCatalogue({ storeId, items, atMs: cloud.nowMs() });
  const saw = goods.get(sku)?.priceMinor ?? null;
  edits.edited({ sku, priceMinor, saw, by: "head office", field: "price" });
  goods.set(sku, product);
  if (openingMilli !== undefined) book.moved(sku, openingMilli);
  cloud.announce(storeId);
}

/** The head office changes what stands. */
async function editGood(shop: Shop): Promise<void> {
  const { chance, cloud, goods, edits, faults, watch } = shop;
  if (!cloud.isUp()) return;
  faults.note("catalogue edited by the head office");
  const sku = chance.pick([...goods.keys()]);
  const saw = watch.look(cloud.path()).goods().get(sku)?.priceMinor ?? null;
  const priceMinor = shop.freshPrice();
  await cloud.edit(storeId, sku, { priceMinor });
  edits.edited({ sku, priceMinor, saw, by: "head office", field: "price" });
  cloud.announce(storeId);
}

async function removeGood({ chance, cloud, codes, goods, edits }: Shop): Promise<void> {
  if (!cloud.isUp() || goods.size < 4) return;
  const sku = chance.pick([...goods.keys()]);
  await cloud.owner().store.removeProduct(storeId, sku);
  goods.delete(sku);
  edits.removed(sku);
  codes.removed(sku);
  cloud.announce(storeId);
}

/** [C6] Somebody leaves, or comes back. */
async function changePeople({ chance, cloud, people: active, faults }: Shop): Promise<void> {
  if (!cloud.isUp()) return;
  faults.note("people changed");
  const person = chance.pick(people.filter(({ role }) => role === "cashier"));
  const isActive = !active.has(person.personId);
  await cloud.owner().store.putPeople(storeId, [{ ...person, active: isActive }]);
  if (isActive) active.add(person.personId);
  else active.delete(person.personId);
  cloud.announce(storeId);
}

/** [D6] The feed forgets what came before; who is behind needs a snapshot. */
async function forgetFeed({ cloud, faults, chance }: Shop): Promise<void> {
  if (!cloud.isUp()) return;
  faults.note("feed forgotten");
  const beforeMs = cloud.nowMs() - chance.pick([0, 10_000, 60_000]);
  await cloud.owner().store.forgetFeedBefore(storeId, beforeMs);
}

/** Somebody buys online what stands on the shelf. */
async function sellOnline({ chance, goods, web }: Shop): Promise<void> {
  for (let n = chance.between(1, 4); n > 0; n--) {
    web.sell(chance.pick([...goods.keys()]), chance.between(1, 3));
  }
  await web.flush();
}

export const ownerSteps: readonly Step[] = [
  { name: "import goods", family: "owner", weight: 6, run: importGoods },
  { name: "remove a good", family: "owner", weight: 1, run: removeGood },
  { name: "edit a good", family: "office", weight: 3, run: editGood },
  { name: "change people", family: "people", weight: 4, run: changePeople },
  { name: "forget the feed", family: "forgetting", weight: 3, run: forgetFeed },
  { name: "sell online", family: "web", weight: 10, run: sellOnline },
];
