import type { ZReport } from "../../domain/shift/z-report.ts";
import type { ShiftCountView } from "../../host/contract/views.ts";
import { must } from "../oracle/violation.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { ask } from "./ask.ts";
import { readyToSell } from "./customers.ts";
import { atTill, type Step } from "./step.ts";

/** Counts the drawer and closes; the Z report must say what was seen at this till, ever. */
export async function closeShift(shop: Shop, till: SimTill): Promise<void> {
  if ((await readyToSell(shop, till)) === null) return;
  const countedMinor = shop.chance.between(0, 100_000);
  const count = await ask<ShiftCountView>(till, "shift.count", { countedMinor, denominations: [] });
  if (count === null) return;
  const { saleIds, isCopy } = till.memory();
  const z = await ask<ZReport>(till, "shift.close", { reason: "simulated" });
  // A copy's Z counts what its other half sold too, as far as it has heard of it.
  if (z === null || isCopy) return;
  const sold = saleIds.map((saleId) => shop.book.get(saleId).totalMinor);
  const sum = sold.reduce((a, b) => a + b, 0);
  const { receipts, grandTotalMinor, returnsTotalMinor } = z.perpetual;
  must(
    receipts === sold.length && grandTotalMinor + returnsTotalMinor === sum,
    "perpetual-totals",
    () => `${till.name}'s Z says ${JSON.stringify(z.perpetual)}, seen: ${sold.length} for ${sum}`,
  );
}

async function signOut(_: Shop, till: SimTill): Promise<void> {
  await ask(till, "session.sign-out");
}

async function noSale(shop: Shop, till: SimTill): Promise<void> {
  if ((await readyToSell(shop, till)) !== null)
    await ask(till, "drawer.open", { reason: "change" });
}

export const shiftSteps: readonly Step[] = [
  { name: "close shift", family: "shifts", weight: 4, run: atTill(closeShift) },
  { name: "sign out", family: "shifts", weight: 3, run: atTill(signOut) },
  { name: "no sale", family: "shifts", weight: 3, run: atTill(noSale) },
];
