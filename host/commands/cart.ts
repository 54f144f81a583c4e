import { failed, ok, type Result } from "../../domain/values/result.ts";
import {
  addLine,
  type Cart,
  type CartChange,
  type CartLine,
  largestTotalMinor,
  type NewLine,
  removeLine as withoutLine,
  replaceLine,
  totalsOf,
} from "../../domain/sale/cart.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { RegisterView } from "../contract/views.ts";
import { cartOf, pricingOf, record, type Till } from "../state/till.ts";
import { productView } from "../views/product-view.ts";
import { registerView } from "../views/register-view.ts";
import { type Command, notSelling, saleIsOpen } from "./command.ts";

/** Rings up a good that was chosen by hand. */
export const addProduct: Command<"cart.add-product"> = (till, input) => {
  const problem = cannotChange(till);
  if (problem !== null) return failed(problem);
  const product = till.ledger.catalogue.bySku(input.sku);
  if (product === null) return failed({ type: "UnknownProduct", sku: input.sku });
  return ringUp(till, product, {
    quantityMilli: input.quantityMilli,
    unitPriceMinor: input.unitPriceMinor,
  });
};

/** Rings up an amount without a good: postage, a manual sale. It moves no stock. */
export const addOpenItem: Command<"cart.add-open-item"> = (till, input) => {
  const problem = cannotChange(till);
  if (problem !== null) return failed(problem);
  if (!hasTaxCategory(till, input.taxCategory)) {
    return failed({ type: "UnknownTaxCategory", taxCategory: input.taxCategory });
  }
  return add(till, {
    sku: null,
    name: input.name,
    quantityMilli: input.quantityMilli ?? 1000,
    unit: "each",
    unitPriceMinor: input.unitPriceMinor,
    taxCategory: input.taxCategory,
  });
};

export function hasTaxCategory(till: Till, taxCategory: string): boolean {
  return Object.hasOwn(pricingOf(till).taxRatesPpm, taxCategory);
}

/** How a good is rung up: what was keyed, or what its label said. */
export interface RingUp {
  readonly quantityMilli?: number | undefined;
  readonly unitPriceMinor?: number | undefined;
  readonly labelPriceMinor?: number | undefined;
  readonly gtin?: string | undefined;
  readonly returnReason?: string | undefined;
}

/** Adds a good at its price of this moment; asks for the price where the store has none. */
export function ringUp(till: Till, product: Product, how: RingUp) {
  const unitPriceMinor = product.priceMinor ?? how.unitPriceMinor ?? how.labelPriceMinor;
  if (unitPriceMinor === undefined) {
    return failed({ type: "PriceNeeded" as const, product: productView(till, product) });
  }
  return add(till, {
    sku: product.sku,
    name: product.name,
    ...(how.gtin === undefined ? {} : { gtin: how.gtin }),
    quantityMilli: how.quantityMilli ?? 1000,
    unit: product.unit,
    unitPriceMinor,
    ...(how.labelPriceMinor === undefined ? {} : { labelPriceMinor: how.labelPriceMinor }),
    taxCategory: product.taxCategory,
    ...(how.returnReason === undefined ? {} : { returnReason: how.returnReason }),
  });
}

type AddFailure = { type: "QuantityOutOfRange" } | { type: "AmountTooLarge" };

/** Writes a new line, or the last one made larger. */
export function add(till: Till, line: NewLine): Result<RegisterView, AddFailure> {
  if (line.quantityMilli === 0) return failed({ type: "QuantityOutOfRange" });
  const before = till.cart ?? { cartId: "", openedAtMs: 0, lines: [], tenders: [] };
  const trial = addLine(before, line);
  if (!fits(till, trial)) return failed({ type: "AmountTooLarge" });
  if (Math.abs(trial.written.quantityMilli) > 999_999_000)
    return failed({ type: "QuantityOutOfRange" });
  const cart = cartOf(till);
  keep(till, cart === before ? trial : addLine(cart, line));
  till.lastSale = null;
  return ok(registerView(till));
}

function fits(till: Till, { cart }: CartChange): boolean {
  return Math.abs(totalsOf(cart, pricingOf(till)).totalMinor) <= largestTotalMinor;
}

function keep(till: Till, { cart, written }: CartChange): void {
  till.ledger.carts.writeLine(cart.cartId, written);
  till.cart = cart;
  till.revision++;
}

/** Changes a line's quantity; a line that comes back from a receipt keeps its sign. */
export const setQuantity: Command<"cart.set-quantity"> = (till, { lineId, quantityMilli }) => {
  const problem = cannotChange(till);
  if (problem !== null) return failed(problem);
  const found = findLine(till.cart, lineId);
  if (found === null) return failed({ type: "UnknownLine" });
  const { cart, line } = found;
  const isReturn = line.quantityMilli < 0;
  if (isReturn && quantityMilli > -line.quantityMilli)
    return failed({ type: "QuantityOutOfRange" });
  if (line.unit === "each" && quantityMilli % 1000 !== 0)
    return failed({ type: "QuantityOutOfRange" });
  // A label's price belongs to the label's weight; another quantity is priced by the shelf.
  const { labelPriceMinor: _, ...rest } = line;
  const change = replaceLine(cart, {
    ...rest,
    quantityMilli: isReturn ? -quantityMilli : quantityMilli,
  });
  if (!fits(till, change)) return failed({ type: "AmountTooLarge" });
  if (quantityMilli < Math.abs(line.quantityMilli)) recordRemoval(till, cart, line, quantityMilli);
  keep(till, change);
  return ok(registerView(till));
};

/** Takes a line out of the open sale; the journal keeps that it was there. */
export const removeLine: Command<"cart.remove-line"> = (till, { lineId }) => {
  const problem = cannotChange(till);
  if (problem !== null) return failed(problem);
  const found = findLine(till.cart, lineId);
  if (found === null) return failed({ type: "UnknownLine" });
  const { cart, line } = found;
  recordRemoval(till, cart, line, 0);
  till.ledger.carts.removeLine(cart.cartId, line.lineNo);
  till.cart = withoutLine(cart, line.lineNo);
  till.revision++;
  return ok(registerView(till));
};

function recordRemoval(till: Till, cart: Cart, line: CartLine, remainingMilli: number): void {
  const removedMilli = Math.abs(line.quantityMilli) - remainingMilli;
  const removed = { ...line, quantityMilli: Math.sign(line.quantityMilli) * removedMilli };
  const { totalMinor } = totalsOf({ ...cart, lines: [removed], tenders: [] }, pricingOf(till));
  record(till, "line.removed", {
    cartId: cart.cartId,
    sku: line.sku,
    name: line.name,
    quantityMilli: removed.quantityMilli,
    amountMinor: totalMinor,
  });
}

/** Throws the open sale away, with a reason. Money taken is given back first. */
export const voidSale: Command<"cart.void"> = (till, { reason }) => {
  const problem = cannotChange(till);
  if (problem !== null) return failed(problem);
  const { cart } = till;
  if (cart === null || !saleIsOpen(till)) return failed({ type: "EmptyCart" });
  const { totalMinor } = totalsOf(cart, pricingOf(till));
  record(till, "sale.voided", {
    cartId: cart.cartId,
    reason,
    lines: cart.lines.length,
    totalMinor,
  });
  till.ledger.carts.remove(cart.cartId);
  till.cart = null;
  till.revision++;
  return ok(registerView(till));
};

/** Why the lines of the open sale may not change now; null when they may. */
export function cannotChange(till: Till) {
  const problem = notSelling(till);
  if (problem !== null) return problem;
  const taken = (till.cart?.tenders.length ?? 0) > 0 || till.cardPayment !== null;
  return taken ? { type: "TendersTaken" as const } : null;
}

function findLine(cart: Cart | null, lineId: string): { cart: Cart; line: CartLine } | null {
  const line = cart?.lines.find((candidate) => String(candidate.lineNo) === lineId);
  return cart === null || line === undefined ? null : { cart, line };
}
