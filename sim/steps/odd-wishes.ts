import type { PrintJobView, RegisterView, ShiftSummaryView } from "../../host/contract/views.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { ask } from "./ask.ts";
import { pay, readyToSell } from "./customers.ts";
import { atTill, type Step } from "./step.ts";

const anyGood = ({ chance, goods }: Shop): string => chance.pick([...goods.keys()]);

/** What has no number, other pieces than were rung up, money put down and taken back. */
async function fussyCustomer(shop: Shop, till: SimTill): Promise<void> {
  if ((await readyToSell(shop, till)) === null) return;
  const { chance } = shop;
  const unitPriceMinor = chance.between(1, 900);
  const openItem = { name: "Gift wrap", unitPriceMinor, taxCategory: "standard" };
  await ask(till, "cart.add-open-item", openItem);
  await ask(till, "cart.add-product", { sku: anyGood(shop) });
  const view = await ask<RegisterView>(till, "register.view");
  const line = view?.cart?.lines.at(-1);
  if (line === undefined) return;
  const quantityMilli = 1_000 * chance.between(1, 5);
  await ask(till, "cart.set-quantity", { lineId: line.lineId, quantityMilli });
  const paid = await ask<RegisterView>(till, "tender.cash", { amountMinor: 1 });
  const tender = paid?.cart?.tenders[0];
  if (tender !== undefined) await ask(till, "tender.remove", { tenderId: tender.tenderId });
  await pay(shop, till);
}

/** Only a manager may; others are refused, and nothing is on the counter then. */
async function withoutReceipt(shop: Shop, till: SimTill): Promise<void> {
  const view = await readyToSell(shop, till);
  if (view === null || view.cart !== null) return;
  const reason = "no receipt";
  const good = { sku: anyGood(shop), quantityMilli: 1_000 * shop.chance.between(1, 2), reason };
  await ask(till, "return.add-product", good);
  const unitPriceMinor = shop.chance.between(1, 300);
  const postage = { name: "Postage", unitPriceMinor, taxCategory: "standard", reason };
  await ask(till, "return.add-open-item", postage);
  await pay(shop, till);
}

async function printZAgain(shop: Shop, till: SimTill): Promise<void> {
  if ((await readyToSell(shop, till)) === null) return;
  const shifts = (await ask<ShiftSummaryView[]>(till, "shifts.list")) ?? [];
  if (shifts.length === 0) return;
  await ask(till, "shift.reprint", { shiftId: shop.chance.pick(shifts).shiftId });
}

async function printAgain(_: Shop, till: SimTill): Promise<void> {
  const jobs = (await ask<PrintJobView[]>(till, "print.jobs")) ?? [];
  const failed = jobs.find(({ state }) => state === "failed");
  if (failed !== undefined) await ask(till, "print.retry", { jobId: failed.jobId });
}

export const oddWishSteps: readonly Step[] = [
  { name: "fussy customer", family: "odd-wishes", weight: 8, run: atTill(fussyCustomer) },
  {
    name: "take back without receipt",
    family: "odd-wishes",
    weight: 4,
    run: atTill(withoutReceipt),
  },
  { name: "print a Z again", family: "odd-wishes", weight: 2, run: atTill(printZAgain) },
  { name: "print again", family: "odd-wishes", weight: 2, run: atTill(printAgain) },
];
