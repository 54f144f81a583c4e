import type { ProductEditView, ScheduledPriceView } from "../../host/contract/product-views.ts";
import { must } from "../oracle/violation.ts";
import { midnightMs } from "../shop/plan.ts";
import type { Shop } from "../shop/shop.ts";
import { storeId } from "../shop/template.ts";
import type { SimTill } from "../shop/till.ts";
import { ask } from "./ask.ts";
import { readyToSell } from "./customers.ts";
import { asManager } from "./office.ts";
import { closeShift } from "./shifts.ts";
import { atTill, type Step } from "./step.ts";

/** The simulated night leads to the first of them, and never to the second. */
const dates = ["2026-11-24", "2026-11-24", "2026-11-24", "2026-11-25"] as const;
const field = "plan";
/** So many goods that two people meet on one. */
const few = 4;

/** [C3] A manager plans a price, with what the screen shows before their eyes. */
async function planAtTill(shop: Shop, till: SimTill): Promise<void> {
  const { chance, goods, edits, faults } = shop;
  if (!(await asManager(till))) return;
  const sku = chance.pick([...goods.keys()].slice(0, few));
  const seen = await ask<ProductEditView>(till, "product.view", { sku });
  if (seen === null) return;
  const plan = { sku, priceMinor: shop.freshPrice(), effectiveOn: chance.pick(dates) };
  const saw = seen.pendingPrice?.priceMinor ?? null;
  // Noted first: who dies of it may have written it all the same.
  edits.edited({ ...plan, saw, by: "till", field });
  faults.note("price planned at a till");
  await ask(till, "price.schedule", plan);
}

async function cancelAtTill(shop: Shop, till: SimTill): Promise<void> {
  const { chance, edits, faults } = shop;
  if (!(await asManager(till))) return;
  const planned = (await ask<ScheduledPriceView[]>(till, "price.scheduled")) ?? [];
  if (planned.length === 0) return;
  const { sku } = chance.pick(planned);
  const seen = await ask<ProductEditView>(till, "product.view", { sku });
  const saw = seen?.pendingPrice?.priceMinor;
  if (saw === undefined) return;
  const base = seen?.versions["pendingPrice"] ?? "";
  edits.edited({ sku, priceMinor: null, saw, by: "till", field, base });
  faults.note("planned price cancelled");
  await ask(till, "price.cancel", { sku });
}

/** The head office plans on top of what stands, or takes it back. */
async function planByOffice(shop: Shop): Promise<void> {
  const { chance, cloud, goods, edits, faults, watch } = shop;
  if (!cloud.isUp()) return;
  const sku = chance.pick([...goods.keys()].slice(0, few));
  const stands = watch.look(cloud.path()).goods().get(sku)?.pendingPrice;
  const saw = stands?.priceMinor ?? null;
  const isCancelled = stands !== undefined && chance.happens(300);
  const effectiveOn = chance.pick(dates);
  const priceMinor = shop.freshPrice();
  faults.note("price planned by the head office");
  const pendingPrice = isCancelled ? null : { effectiveOn, priceMinor };
  await cloud.edit(storeId, sku, { pendingPrice });
  const plan = { sku, saw, by: "head office", field } as const;
  edits.edited({ ...plan, ...(pendingPrice ?? { priceMinor: null }) });
  cloud.announce(storeId);
}

/** The drawer is counted, and the next shift begins: with the prices of its date. */
async function changeShift(shop: Shop, till: SimTill): Promise<void> {
  await closeShift(shop, till);
  const planned = (await ask<ScheduledPriceView[]>(till, "price.scheduled")) ?? [];
  const view = await readyToSell(shop, till);
  const businessDate = view?.shift?.businessDate ?? "";
  for (const { sku, pendingPrice } of planned) {
    if (pendingPrice.effectiveOn > businessDate) continue;
    const shown = await ask<ProductEditView>(till, "product.view", { sku });
    must(shown === null || shown.priceMinor === pendingPrice.priceMinor, "planned-prices", () => {
      return `${till.name} asks ${shown?.priceMinor} for ${sku} on ${businessDate}: ${JSON.stringify(planned)}`;
    });
  }
}

/** Everybody waits for the new business date. */
async function waitForMidnight({ plan, schedule, faults }: Shop): Promise<void> {
  const leftMs = midnightMs - plan.opensAtMs - schedule.nowMs();
  if (leftMs <= 0) return;
  faults.note("midnight");
  await schedule.run(leftMs + 1_000);
}

const family = "planned-prices";

export const plannedPriceSteps: readonly Step[] = [
  { name: "plan a price at a till", family, weight: 6, run: atTill(planAtTill) },
  { name: "plan a price", family, weight: 3, run: planByOffice },
  { name: "cancel a planned price", family, weight: 3, run: atTill(cancelAtTill) },
  { name: "change shift", family, weight: 4, run: atTill(changeShift) },
  { name: "wait for midnight", family, weight: 2, run: waitForMidnight },
];
