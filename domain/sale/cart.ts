import { priceCart, type PricedCart, type PricingRules } from "../pricing/price-cart.ts";
import type { Uuid } from "../values/id.ts";
import type { CardApproval, ReturnedFrom, TenderKind } from "./completed-sale.ts";

/** A sale before completion. Prices are those of the moment each line was rung up and stay. */
export interface Cart {
  readonly cartId: Uuid;
  readonly openedAtMs: number;
  readonly lines: readonly CartLine[];
  readonly tenders: readonly CartTender[];
}

export interface CartLine {
  /** Grows within the cart; never reused, so that a late tap cannot hit another line. */
  readonly lineNo: number;
  readonly sku: string | null;
  readonly gtin?: string | undefined;
  readonly name: string;
  /** Thousandths; negative for goods that come back. Never zero. */
  readonly quantityMilli: number;
  readonly unit: "each" | "kg";
  readonly unitPriceMinor: number;
  /** The price printed on a scale's label: it wins over quantity × unit price. */
  readonly labelPriceMinor?: number | undefined;
  readonly taxCategory: string;
  readonly returnOf?: ReturnedFrom | undefined;
  readonly returnReason?: string | undefined;
  readonly giftCard?: string | undefined;
}

export interface CartTender {
  readonly tenderId: Uuid;
  readonly kind: TenderKind;
  readonly amountMinor: number;
  readonly card?: CardApproval | undefined;
  readonly giftCard?: string | undefined;
}

/** The most a receipt may come to, in minor units: twelve digits stay far inside a safe integer. */
export const largestTotalMinor = 999_999_999_999;

export type NewLine = Omit<CartLine, "lineNo">;

/** What changed, so that the ledger writes one row and not the cart. */
export interface CartChange {
  readonly cart: Cart;
  readonly written: CartLine;
}

/**
 * Adds goods. A second piece of what the last line holds makes that line larger; anything else is a
 * new line, so that the receipt keeps the order in which things crossed the counter.
 */
export function addLine(cart: Cart, line: NewLine): CartChange {
  const last = cart.lines.at(-1);
  if (last !== undefined && merges(last, line)) {
    return replaceLine(cart, { ...last, quantityMilli: last.quantityMilli + line.quantityMilli });
  }
  const written = { lineNo: (last?.lineNo ?? 0) + 1, ...line };
  return { cart: { ...cart, lines: [...cart.lines, written] }, written };
}

function merges(last: CartLine, line: NewLine): boolean {
  return (
    line.sku !== null &&
    last.sku === line.sku &&
    last.unit === "each" &&
    line.unit === "each" &&
    last.unitPriceMinor === line.unitPriceMinor &&
    last.taxCategory === line.taxCategory &&
    last.labelPriceMinor === undefined &&
    line.labelPriceMinor === undefined &&
    last.returnOf === undefined &&
    line.returnOf === undefined &&
    last.quantityMilli > 0 &&
    line.quantityMilli > 0 &&
    last.quantityMilli % 1000 === 0 &&
    line.quantityMilli % 1000 === 0
  );
}

export function replaceLine(cart: Cart, written: CartLine): CartChange {
  const lines = cart.lines.map((line) => (line.lineNo === written.lineNo ? written : line));
  return { cart: { ...cart, lines }, written };
}

export function removeLine(cart: Cart, lineNo: number): Cart {
  return { ...cart, lines: cart.lines.filter((line) => line.lineNo !== lineNo) };
}

export interface CartTotals extends PricedCart {
  readonly tenderedMinor: number;
  /** Total − tendered: positive is owed, negative goes back to the customer. */
  readonly dueMinor: number;
}

export function totalsOf(cart: Cart, rules: PricingRules): CartTotals {
  const priced = pricedOf(cart.lines, rules);
  const tenderedMinor = cart.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  const { lines, netMinor, taxMinor, taxes, totalMinor } = priced;
  const dueMinor = totalMinor - tenderedMinor;
  return { lines, netMinor, taxMinor, totalMinor, taxes, tenderedMinor, dueMinor };
}

/** A sale asks for its totals half a dozen times while its lines stay the same list. */
const pricedLines = new WeakMap<readonly CartLine[], { rules: PricingRules; priced: PricedCart }>();

function pricedOf(lines: readonly CartLine[], rules: PricingRules): PricedCart {
  const known = pricedLines.get(lines);
  if (known?.rules === rules) return known.priced;
  const priced = priceCart(lines, rules);
  pricedLines.set(lines, { rules, priced });
  return priced;
}

/** Pieces for the screen: a weighed line counts one, a returned piece counts as well. */
export function itemsOf(cart: Cart): number {
  return cart.lines.reduce(
    (sum, line) => sum + (line.unit === "kg" ? 1 : Math.ceil(Math.abs(line.quantityMilli) / 1000)),
    0,
  );
}
