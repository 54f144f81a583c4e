import type { PricingRules } from "../pricing/price-cart.ts";
import { assert } from "../values/assert.ts";
import { type Cart, totalsOf } from "./cart.ts";
import type { CompletedSale, SettledTender } from "./completed-sale.ts";

/** The printed number of a terminal's `count`-th receipt, e.g. "2-004711". */
export function receiptNumberOf(tillNumber: number, count: number): string {
  return `${tillNumber}-${String(count).padStart(6, "0")}`;
}

/** True when the money on the counter settles the cart: nothing is owed and nothing is left to give but change. */
export function isSettled(cart: Cart, rules: PricingRules): boolean {
  const { totalMinor, dueMinor } = totalsOf(cart, rules);
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
  assert(isSettled(cart, rules), "only a settled cart is completed");
  const changeMinor = Math.max(0, -totals.dueMinor);
  const tenders = cart.tenders.map(
    ({ kind, amountMinor, card }): SettledTender =>
      card === undefined ? { kind, amountMinor } : { kind, amountMinor, card },
  );
  return {
    ...identity,
    currency: rules.currency,
    pricesIncludeTax: rules.pricesIncludeTax,
    lines: cart.lines.map((line, index) => {
      const priced = totals.lines[index];
      assert(priced !== undefined, "every line was priced");
      return {
        lineNo: index + 1,
        sku: line.sku,
        name: line.name,
        ...(line.gtin === undefined ? {} : { gtin: line.gtin }),
        quantityMilli: line.quantityMilli,
        unit: line.unit,
        unitPriceMinor: line.unitPriceMinor,
        amountMinor: priced.amountMinor,
        taxCategory: line.taxCategory,
        taxRatePpm: priced.taxRatePpm,
        ...(line.returnOf === undefined ? {} : { returnOf: line.returnOf }),
        ...(line.returnReason === undefined ? {} : { returnReason: line.returnReason }),
      };
    }),
    totalMinor: totals.totalMinor,
    netMinor: totals.netMinor,
    taxes: totals.taxes,
    tenders,
    changeMinor,
  };
}

/** A receipt with nothing but returned goods is a return; anything mixed is a sale. */
export function isReturn(sale: CompletedSale): boolean {
  return sale.lines.every((line) => line.quantityMilli < 0);
}
