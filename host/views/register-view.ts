import { currencyExponent } from "../../domain/values/currency.ts";
import { itemsOf, totalsOf } from "../../domain/sale/cart.ts";
import { quickCash } from "../../domain/sale/quick-cash.ts";
import { receiptNumberOf } from "../../domain/sale/settle.ts";
import type { CartView, RegisterView, ShiftView } from "../contract/views.ts";
import { nameOf, pricingOf, signedIn, type Till } from "../state/till.ts";

/** The cashier's whole screen as it stands; made once a revision, however many screens ask. */
export function registerView(till: Till): RegisterView {
  const made = views.get(till);
  if (made?.revision === till.revision) return made;
  const view = makeView(till);
  views.set(till, view);
  return view;
}

const views = new WeakMap<Till, RegisterView>();

function makeView(till: Till): RegisterView {
  const person = signedIn(till);
  const pricing = pricingOf(till);
  return {
    revision: till.revision,
    terminal: {
      storeName: till.store.storeName,
      timeZone: till.store.timeZone,
      tillNumber: till.terminal.tillNumber,
      currency: pricing.currency,
      currencyExponent: currencyExponent(pricing.currency),
      pricesIncludeTax: pricing.pricesIncludeTax,
      nextReceiptNumber: nextReceiptNumber(till),
      taxCategories: Object.keys(pricing.taxRatesPpm),
      products: till.products,
    },
    person:
      person === null ? null : { personId: person.personId, name: person.name, role: person.role },
    shift: shiftView(till),
    cart: cartView(till),
    lastSale: till.lastSale,
    suspendedCount: till.suspendedCount,
  };
}

export function nextReceiptNumber(till: Till): string {
  return receiptNumberOf(till.terminal.tillNumber, till.receipts + 1);
}

function shiftView(till: Till): ShiftView | null {
  if (till.shift === null) return null;
  const { shiftId, businessDate, openedAtMs, openedBy, floatMinor, counted } = till.shift;
  return {
    shiftId,
    businessDate,
    openedAtMs,
    openedBy: nameOf(till, openedBy),
    floatMinor,
    counted:
      counted === null
        ? null
        : {
            countedMinor: counted.countedMinor,
            expectedMinor: counted.expectedMinor,
            varianceMinor: counted.countedMinor - counted.expectedMinor,
          },
  };
}

function cartView(till: Till): CartView | null {
  const { cart } = till;
  if (cart === null) return null;
  const totals = totalsOf(cart, pricingOf(till));
  return {
    cartId: cart.cartId,
    lines: cart.lines.map((line, index) => ({
      lineId: String(line.lineNo),
      sku: line.sku,
      name: line.name,
      quantityMilli: line.quantityMilli,
      unit: line.unit,
      unitPriceMinor: line.unitPriceMinor,
      amountMinor: totals.lines[index]?.amountMinor ?? 0,
      taxCategory: line.taxCategory,
      ...(line.returnOf === undefined ? {} : { returnOf: line.returnOf }),
    })),
    netMinor: totals.netMinor,
    taxMinor: totals.taxMinor,
    totalMinor: totals.totalMinor,
    taxes: totals.taxes,
    tenders: cart.tenders.map(({ tenderId, kind, amountMinor, card }) => ({
      tenderId,
      kind,
      amountMinor,
      ...(card === undefined ? {} : { label: card.label }),
    })),
    dueMinor: totals.dueMinor,
    items: itemsOf(cart),
    quickCashMinor: quickCash(totals.dueMinor, pricingOf(till).currency),
    cardPayment: till.cardPayment,
  };
}
