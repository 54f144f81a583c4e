import type { AccountView } from "../../host/contract/account-view.ts";
import type { RegisterView } from "../../host/contract/views.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { ask } from "./ask.ts";
import { addLines, pay, readyToSell } from "./customers.ts";
import { asManager } from "./office.ts";
import { atTill, type Step } from "./step.ts";

/** Few cards, so that two tills meet on one. Four characters: receipts show no more. */
const accountIds = ["GC01", "GC02", "GC03"] as const;
const account = "gift-card";

/** [C5] An amount is sold on a card, by itself or beside goods. */
async function sellCard(shop: Shop, till: SimTill): Promise<void> {
  if ((await readyToSell(shop, till)) === null) return;
  const { chance } = shop;
  const accountId = chance.pick(accountIds);
  const amountMinor = 100 * chance.between(2, 16);
  shop.faults.note("gift card loaded");
  await ask(till, "gift-card.load", { accountId, amountMinor });
  if (chance.happens(200)) await addLines(shop, till);
  await pay(shop, till);
}

async function payByCard(shop: Shop, till: SimTill): Promise<void> {
  await spend(shop, till, await fullest(till), shop.chance.happens(500));
}

/** The card that holds most, as far as this till knows. */
async function fullest(till: SimTill): Promise<string> {
  let [best, mostMinor] = [accountIds[0] as string, 0];
  for (const accountId of accountIds) {
    const card = await ask<AccountView>(till, "account.view", { account, accountId });
    if ((card?.spendableMinor ?? 0) <= mostMinor) continue;
    [best, mostMinor] = [accountId, card?.spendableMinor ?? 0];
  }
  return best;
}

/** The same card pays at every till at once, each before it hears of the others. */
async function payEverywhere(shop: Shop): Promise<void> {
  const on = shop.tills.filter((each) => each.isOn());
  const [first] = on;
  if (first === undefined) return;
  const accountId = await fullest(first);
  for (const till of on) await spend(shop, till, accountId, true);
}

async function spend(shop: Shop, till: SimTill, accountId: string, isAll: boolean): Promise<void> {
  const ready = await readyToSell(shop, till);
  if (ready === null) return;
  if ((ready.cart?.tenders.length ?? 0) === 0) await addLines(shop, till);
  const view = await ask<RegisterView>(till, "register.view");
  const card = await ask<AccountView>(till, "account.view", { account, accountId });
  const mostMinor = Math.min(view?.cart?.dueMinor ?? 0, card?.spendableMinor ?? 0);
  if (mostMinor > 0) {
    shop.faults.note("gift card paid");
    const amountMinor = isAll ? mostMinor : shop.chance.between(1, mostMinor);
    await ask(till, "tender.gift-card", { accountId, amountMinor });
  }
  await pay(shop, till);
}

/** A manager puts a card or a customer's points right, outside a sale. */
async function moveByHand(shop: Shop, till: SimTill): Promise<void> {
  const { book, cards, chance } = shop;
  if (!(await asManager(till))) return;
  const accountId = chance.pick(accountIds);
  const kind = chance.pick([account, "points"]);
  const deltaMinor = 100 * chance.pick([-20, -5, 5, 20]);
  const reason = `card ${book.moment()}`;
  // Noted first: who dies of it may have written it all the same.
  cards.moved({ account: `${kind}/${accountId}`, deltaMinor, reason });
  await ask(till, "account.move", { account: kind, accountId, deltaMinor, reason });
}

export const giftCardSteps: readonly Step[] = [
  { name: "sell a gift card", family: "gift-cards", weight: 8, run: atTill(sellCard) },
  { name: "pay by gift card", family: "gift-cards", weight: 8, run: atTill(payByCard) },
  { name: "pay everywhere by gift card", family: "gift-cards", weight: 6, run: payEverywhere },
  { name: "put a gift card right", family: "gift-cards", weight: 3, run: atTill(moveByHand) },
];
