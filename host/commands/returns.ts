import { failed, ok } from "../../domain/values/result.ts";
import { present } from "../../domain/values/assert.ts";
import type { CompletedSale, SaleLine } from "../../domain/sale/completed-sale.ts";
import { accountView } from "../state/account.ts";
import { receiptView } from "../views/receipt-view.ts";
import type { Till } from "../state/till.ts";
import { add, cannotChange, hasTaxCategory, ringUp } from "./cart.ts";
import { type Command, managerNeeded, type Query } from "./command.ts";
import { mulDiv } from "../../domain/values/rounding.ts";
import { registerView } from "../views/register-view.ts";

/** The receipt that goods come back from, with what may still be returned of each line. */
export const lookUpReceipt: Query<"return.lookup"> = (till, { receiptNumber }) => {
  const stored = till.ledger.receipts.byNumber(plainNumber(receiptNumber));
  return stored === null ? failed({ type: "UnknownReceipt" }) : ok(receiptView(till, stored));
};

/** The number inside a receipt's barcode, or the number itself as a person types it. */
function plainNumber(text: string): string {
  const match = /^(?:EVR-)?(\d+)-0*(\d+)$/i.exec(text.trim());
  return match === null
    ? text.trim()
    : `${match[1]}-${present(match[2], "count").padStart(6, "0")}`;
}

/** Puts lines of a receipt into the open sale with a minus, within what was sold and not yet returned. */
export const addReturnLines: Command<"return.add-lines"> = (till, { saleId, lines, reason }) => {
  const problem = cannotChange(till);
  if (problem !== null) return failed(problem);
  const stored = till.ledger.receipts.bySaleId(saleId);
  if (stored === null) return failed({ type: "UnknownReceipt" });
  const sale = stored.fact.payload;
  for (const { lineNo, quantityMilli } of merge(lines)) {
    const returnableMilli = returnableOf(till, sale, lineNo, stored.returnedMilli);
    if (quantityMilli > returnableMilli) {
      return failed({ type: "MoreThanSold", lineNo, returnableMilli });
    }
  }
  const overdrawn = overdrawnCard(till, sale, merge(lines));
  if (overdrawn !== null) return failed(overdrawn);
  for (const { lineNo, quantityMilli } of merge(lines)) {
    const line = present(lineOf(sale, lineNo), `line ${lineNo} of ${sale.receiptNumber}`);
    const added = add(till, {
      sku: line.sku,
      name: line.name,
      ...(line.gtin === undefined ? {} : { gtin: line.gtin }),
      quantityMilli: -quantityMilli,
      unit: line.unit,
      unitPriceMinor: line.unitPriceMinor,
      ...labelPrice(line, quantityMilli),
      taxCategory: line.taxCategory,
      // [C5] What was loaded on a card is taken off it again.
      ...(line.giftCard === undefined ? {} : { giftCard: line.giftCard }),
      returnOf: {
        ...{ saleId, receiptNumber: sale.receiptNumber, lineNo },
        soldMilli: line.quantityMilli,
      },
      returnReason: reason,
    });
    if (!added.ok) return added;
  }
  return ok(registerView(till));
};

/**
 * [C5] Money for what was loaded on a gift card is given back only where it is still on the card.
 */
function overdrawnCard(
  till: Till,
  sale: CompletedSale,
  lines: readonly { lineNo: number; quantityMilli: number }[],
): { readonly type: "BalanceTooLow"; readonly balanceMinor: number } | null {
  const taken = new Map<string, number>();
  for (const { lineNo, quantityMilli } of lines) {
    const { giftCard, unitPriceMinor = 0 } = lineOf(sale, lineNo) ?? {};
    if (giftCard === undefined) continue;
    const minor = mulDiv(quantityMilli, unitPriceMinor, 1000, "half-away");
    taken.set(giftCard, (taken.get(giftCard) ?? 0) + minor);
  }
  for (const [card, minor] of taken) {
    const balanceMinor = accountView(till, "gift-card", card).balanceMinor ?? 0;
    if (minor > balanceMinor) return { type: "BalanceTooLow", balanceMinor };
  }
  return null;
}

/** What came from a scale's label goes back at the label's price, in proportion. */
function labelPrice(line: SaleLine, quantityMilli: number): { labelPriceMinor?: number } {
  const byShelf = mulDiv(line.quantityMilli, line.unitPriceMinor, 1000, "half-away");
  if (byShelf === line.amountMinor) return {};
  return {
    labelPriceMinor: -mulDiv(line.amountMinor, quantityMilli, line.quantityMilli, "half-away"),
  };
}

/** Takes a good back without its receipt, at a price a manager vouches for. */
export const returnProduct: Command<"return.add-product"> = (till, input) => {
  const problem = cannotChange(till) ?? managerNeeded(till);
  if (problem !== null) return failed(problem);
  const product = till.ledger.catalogue.bySku(input.sku);
  if (product === null) return failed({ type: "UnknownProduct", sku: input.sku });
  return ringUp(till, product, {
    quantityMilli: -input.quantityMilli,
    unitPriceMinor: input.unitPriceMinor,
    returnReason: input.reason,
  });
};

/** Gives back an amount that is no good of ours: postage, a discount that was forgotten. */
export const returnOpenItem: Command<"return.add-open-item"> = (till, input) => {
  const problem = cannotChange(till) ?? managerNeeded(till);
  if (problem !== null) return failed(problem);
  if (!hasTaxCategory(till, input.taxCategory)) {
    return failed({ type: "UnknownTaxCategory", taxCategory: input.taxCategory });
  }
  return add(till, {
    sku: null,
    name: input.name,
    quantityMilli: -(input.quantityMilli ?? 1000),
    unit: "each",
    unitPriceMinor: input.unitPriceMinor,
    taxCategory: input.taxCategory,
    returnReason: input.reason,
  });
};

function merge(lines: readonly { lineNo: number; quantityMilli: number }[]) {
  const byLine = new Map<number, number>();
  for (const { lineNo, quantityMilli } of lines) {
    byLine.set(lineNo, (byLine.get(lineNo) ?? 0) + quantityMilli);
  }
  return [...byLine].map(([lineNo, quantityMilli]) => ({ lineNo, quantityMilli }));
}

function lineOf(sale: CompletedSale, lineNo: number): SaleLine | undefined {
  return sale.lines.find((line) => line.lineNo === lineNo);
}

/** Sold − returned − what the open sale and the suspended ones already give back. */
function returnableOf(
  till: Till,
  sale: CompletedSale,
  lineNo: number,
  returnedMilli: ReadonlyMap<number, number>,
): number {
  const soldMilli = lineOf(sale, lineNo)?.quantityMilli ?? 0;
  const inCartMilli = (till.cart?.lines ?? [])
    .filter((line) => line.returnOf?.saleId === sale.saleId && line.returnOf.lineNo === lineNo)
    .reduce((sum, line) => sum - line.quantityMilli, 0);
  return Math.max(0, soldMilli - (returnedMilli.get(lineNo) ?? 0) - inCartMilli);
}
