import type { ExceptionView } from "../../host/contract/exception-views.ts";
import type { ProductEditView } from "../../host/contract/product-views.ts";
import type { ExceptionDetails } from "../../domain/exceptions/exception-details.ts";
import type { SeenEdit } from "../oracle/edit-book.ts";
import { people, pin } from "../shop/template.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { ask } from "./ask.ts";
import { readyToSell } from "./customers.ts";
import { atTill, type Step } from "./step.ts";

type Conflict = ExceptionDetails["edit-conflict"];

/** The manager sits down at a till. */
export async function asManager(till: SimTill): Promise<boolean> {
  const manager = people.find(({ role }) => role === "manager");
  const personId = manager?.personId;
  return (await ask(till, "session.sign-in", { personId, pin })) !== null;
}

/** [C3] A manager changes a price in the store, with what the screen shows before their eyes. */
async function editAtTill(shop: Shop, till: SimTill): Promise<void> {
  const { chance, goods, edits, faults } = shop;
  if (!(await asManager(till))) return;
  const sku = chance.pick([...goods.keys()]);
  const seen = await ask<ProductEditView>(till, "product.view", { sku });
  if (seen === null) return;
  const priceMinor = shop.freshPrice();
  const { versions } = seen;
  // Noted first: who dies of it may have written it all the same.
  edits.edited({ sku, priceMinor, saw: seen.priceMinor, by: "till", field: "price" });
  faults.note("catalogue edited at a till");
  await ask(till, "product.edit", { sku, changes: { priceMinor }, versions });
}

/** A manager answers what the inbox asks. */
async function answerException(shop: Shop, till: SimTill): Promise<void> {
  const { chance, edits, faults } = shop;
  if (!(await asManager(till))) return;
  const listed = await ask<ExceptionView[]>(till, "exceptions.list");
  const open = (listed ?? []).filter(({ resolutions }) => resolutions.length > 0);
  if (open.length === 0) return;
  const exception = chance.pick(open);
  const resolution = chance.pick(exception.resolutions);
  const { exceptionId } = exception;
  const isOfPrices =
    exception.kind === "edit-conflict" &&
    (exception.detail.field === "priceMinor" || exception.detail.field === "pendingPrice");
  if (isOfPrices && resolution === "take-other") {
    edits.edited(takenEdit(exception.detail));
  }
  faults.note(`answered ${resolution}`);
  await ask(till, "exceptions.resolve", { exceptionId, resolution });
}

/** What "take the other" writes: a price, or a plan. */
function takenEdit({ sku, field, kept, other }: Conflict): SeenEdit {
  const made = { sku, by: "till", field: field === "priceMinor" ? "price" : "plan" } as const;
  const [value, before] = [other.value, kept.value];
  const saw = priceIn(before);
  if (typeof value === "object" && value !== null && "effectiveOn" in value)
    return { ...made, ...value, saw };
  return { ...made, priceMinor: priceIn(value), saw };
}

function priceIn(value: Conflict["other"]["value"]): number | null {
  if (typeof value === "number") return value;
  return typeof value === "object" && value !== null && "effectiveOn" in value
    ? value.priceMinor
    : null;
}

async function backToSelling(shop: Shop, till: SimTill): Promise<void> {
  await ask(till, "session.sign-out");
  await readyToSell(shop, till);
}

export const officeSteps: readonly Step[] = [
  { name: "edit a good at a till", family: "office", weight: 8, run: atTill(editAtTill) },
  { name: "answer an exception", family: "office", weight: 4, run: atTill(answerException) },
  { name: "back to selling", family: "office", weight: 2, run: atTill(backToSelling) },
];
