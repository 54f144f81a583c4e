import type { PricedLine, PricingRules } from "../pricing/price-cart.ts";
import { assert } from "../values/assert.ts";
import { type Cart, type CartLine, type CartTender, type CartTotals, totalsOf } from "./cart.ts";
import type { CompletedSale, SaleLine, SettledTender } from "./completed-sale.ts";

/** The printed number of a terminal's `count`-th receipt, e.g. "2-004711". */
export function receiptNumberOf(tillNumber: number, count: number): string {
  return `${tillNumber}-${String(count).padStart(6, "0")}`;
}

/** True when the money on the counter settles the cart: nothing is owed and nothing is left to give but change. */
export function isSettled(cart: Cart, rules: PricingRules): boolean {
  return areSettled(totalsOf(cart, rules));
}

function areSettled({ totalMinor, dueMinor }: CartTotals): boolean {
  return totalMinor > 0 ? dueMinor <= 0 : dueMinor === 0;
}

/**
 * Turns a settled cart into the document that the receipt prints and the journal keeps.
 * `sum(tenders) − change = total`; change is given in cash only and never on a refund.
 */
export function settle(
  cart: Cart,
  rules: PricingRules,
  identity: { readonly saleId: string; readonly receiptNumber: string },
): CompletedSale {
  const totals = totalsOf(cart, rules);
  assert(areSettled(totals), "only a settled cart is completed");
  const changeMinor = Math.max(0, -totals.dueMinor);
  const tenders = cart.tenders.map(settledTender);
  // Members stand in the order of the canonical text: what is in order need not be sorted.
  return {
    changeMinor,
    currency: rules.currency,
    lines: cart.lines.map((line, index) => saleLine(line, index + 1, totals.lines[index])),
    netMinor: totals.netMinor,
    pricesIncludeTax: rules.pricesIncludeTax,
    receiptNumber: identity.receiptNumber,
    saleId: identity.saleId,
    taxes: totals.taxes,
    tenders,
    totalMinor: totals.totalMinor,
  };
}

function settledTender({ kind, amountMinor, card, giftCard }: CartTender): SettledTender {
  if (giftCard !== undefined) return { amountMinor, giftCard, kind };
  return card === undefined ? { amountMinor, kind } : { amountMinor, card, kind };
}

function saleLine(line: CartLine, lineNo: number, priced: PricedLine | undefined): SaleLine {
  assert(priced !== undefined, "every line was priced");
  // What a line has not is left out of its text: all lines have one shape, which is the quickest to write.
  return {
    amountMinor: priced.amountMinor,
    giftCard: line.giftCard,
    gtin: line.gtin,
    lineNo,
    name: line.name,
    quantityMilli: line.quantityMilli,
    returnOf: line.returnOf,
    returnReason: line.returnReason,
    sku: line.sku,
    taxCategory: line.taxCategory,
    taxRatePpm: priced.taxRatePpm,
    unit: line.unit,
    unitPriceMinor: line.unitPriceMinor,
  };
}

/** A receipt with nothing but returned goods is a return; anything mixed is a sale. */
export function isReturn(sale: CompletedSale): boolean {
  return sale.lines.every((line) => line.quantityMilli < 0);
}
