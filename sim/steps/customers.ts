import type {
  CartView,
  ReceiptSummaryView,
  ReceiptView,
  RegisterView,
  SuspendedView,
} from "../../host/contract/views.ts";
import type { SeenSale } from "../oracle/book.ts";
import { pin } from "../shop/template.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { ask } from "./ask.ts";
import { atTill, type Step } from "./step.ts";

/** The screen of a till where somebody is signed in and a shift is open. */
export async function readyToSell(shop: Shop, till: SimTill): Promise<RegisterView | null> {
  let view = await ask<RegisterView>(till, "register.view");
  if (view?.person === null) {
    const personId = shop.chance.pick([...shop.people]);
    view = await ask<RegisterView>(till, "session.sign-in", { personId, pin });
  }
  if (view?.shift === null) {
    view = await ask<RegisterView>(till, "shift.open", { floatMinor: 10_000 });
  }
  return view;
}

export async function addLines({ chance, goods }: Shop, till: SimTill): Promise<void> {
  const skus = [...goods.keys()];
  for (let n = chance.between(1, 3); n > 0; n--) {
    const quantityMilli = 1_000 * chance.between(1, 3);
    await ask(till, "cart.add-product", { sku: chance.pick(skus), quantityMilli });
  }
}

/** Pays what is owed, or takes what is given back. */
export async function pay({ chance }: Shop, till: SimTill): Promise<void> {
  const view = await ask<RegisterView>(till, "register.view");
  const cart = view?.cart ?? null;
  if (cart === null || cart.lines.length === 0 || cart.cardPayment !== null) return;
  const { dueMinor } = cart;
  if (dueMinor <= 0) return void (await ask(till, "tender.refund-cash"));
  const kind = chance.below(10);
  if (kind < 3) await ask(till, "tender.card", { amountMinor: dueMinor });
  else if (kind < 4 && dueMinor > 1) await payInTwo(till, dueMinor);
  else await ask(till, "tender.cash", { amountMinor: Math.ceil(dueMinor / 500) * 500 });
}

async function payInTwo(till: SimTill, dueMinor: number): Promise<void> {
  const first = Math.floor(dueMinor / 2);
  await ask(till, "tender.cash", { amountMinor: first });
  await ask(till, "tender.card", { amountMinor: dueMinor - first });
}

async function serve(shop: Shop, till: SimTill): Promise<void> {
  const view = await readyToSell(shop, till);
  if (view === null) return;
  if ((view.cart?.tenders.length ?? 0) === 0) await addLines(shop, till);
  await pay(shop, till);
}

/** A queue of people: many facts in one go. */
async function rush(shop: Shop, till: SimTill): Promise<void> {
  for (let n = shop.chance.between(5, 25); n > 0 && till.isOn(); n--) await serve(shop, till);
}

async function takeBack(shop: Shop, till: SimTill): Promise<void> {
  const sales = shop.book.sales();
  if (sales.length > 0) await takeBackOf(shop, till, shop.chance.pick(sales.slice(-20)));
}

/** [C4] The same goods come back at every till at once, each before it hears of the others. */
async function takeBackTwice(shop: Shop): Promise<void> {
  const sales = shop.book.sales();
  if (sales.length < 2) return;
  const sale = shop.chance.pick(sales.slice(0, -1).slice(-20));
  for (const till of shop.tills.filter((each) => each.isOn())) await takeBackOf(shop, till, sale);
}

async function takeBackOf(shop: Shop, till: SimTill, { receiptNumber }: SeenSale): Promise<void> {
  const view = await readyToSell(shop, till);
  if (view === null) return;
  const receipt = await ask<ReceiptView>(till, "return.lookup", { receiptNumber });
  const line = receipt?.lines.find(({ returnableMilli }) => returnableMilli > 0);
  if (receipt === null || line === undefined) return;
  const lines = [{ lineNo: line.lineNo, quantityMilli: line.returnableMilli }];
  await ask(till, "return.add-lines", { saleId: receipt.saleId, lines, reason: "broken" });
  await pay(shop, till);
}

async function changeMind({ chance }: Shop, till: SimTill): Promise<void> {
  const view = await ask<RegisterView>(till, "register.view");
  const line = view?.cart?.lines[0];
  if (line === undefined) return;
  const kind = chance.below(3);
  if (kind === 0) await ask(till, "cart.remove-line", { lineId: line.lineId });
  else if (kind === 1) await ask(till, "cart.void", { reason: "changed their mind" });
  else await ask<CartView>(till, "cart.suspend");
}

async function startAndLeave(shop: Shop, till: SimTill): Promise<void> {
  if ((await readyToSell(shop, till)) !== null) await addLines(shop, till);
}

async function recall(shop: Shop, till: SimTill): Promise<void> {
  if ((await readyToSell(shop, till)) === null) return;
  const carts = await ask<SuspendedView[]>(till, "cart.suspended");
  const [first] = carts ?? [];
  if (first === undefined) return;
  await ask(till, "cart.recall", { suspensionId: first.suspensionId });
  await pay(shop, till);
}

async function reprint(shop: Shop, till: SimTill): Promise<void> {
  if ((await readyToSell(shop, till)) === null) return;
  // The last one of this till, or any that it knows: without a draw, so that older seeds keep their days.
  const known = (await ask<ReceiptSummaryView[]>(till, "receipt.list", {})) ?? [];
  const sold = shop.book.sales().length;
  const other = sold % 2 === 0 ? undefined : known[sold % known.length];
  await ask(till, "receipt.reprint", other === undefined ? {} : { saleId: other.saleId });
}

export const customerSteps: readonly Step[] = [
  { name: "serve", family: "selling", weight: 60, run: atTill(serve) },
  { name: "rush", family: "selling", weight: 3, run: atTill(rush) },
  { name: "take back", family: "selling", weight: 8, run: atTill(takeBack) },
  { name: "take back twice", family: "returns", weight: 4, run: takeBackTwice },
  { name: "start and leave", family: "selling", weight: 5, run: atTill(startAndLeave) },
  { name: "change mind", family: "selling", weight: 5, run: atTill(changeMind) },
  { name: "recall", family: "selling", weight: 4, run: atTill(recall) },
  { name: "reprint", family: "selling", weight: 2, run: atTill(reprint) },
];
