import { failed, ok } from "../../domain/values/result.ts";
import { type Cart, type CartTender, totalsOf } from "../../domain/sale/cart.ts";
import { isSettled } from "../../domain/sale/settle.ts";
import { newId, pricingOf, type Till } from "../state/till.ts";
import { registerView } from "../views/register-view.ts";
import { type Command, notSelling } from "./command.ts";
import { completeSale } from "./complete-sale.ts";

/** More than this above what is owed is a slip of the finger, not a banknote. */
const largestOverpaymentMinor = 1_000_000;

/** Takes cash; the sale completes by itself when it covers what is owed. */
export const takeCash: Command<"tender.cash"> = (till, { amountMinor }) => {
  const problem = cannotTender(till);
  if (problem !== null) return failed(problem);
  const cart = till.cart as Cart;
  const { dueMinor } = totalsOf(cart, pricingOf(till));
  if (dueMinor <= 0 || amountMinor > dueMinor + largestOverpaymentMinor) {
    return failed({ type: "AmountOutOfRange" });
  }
  addTender(till, cart, { tenderId: newId(till), kind: "cash", amountMinor });
  return ok(registerView(till));
};

/** Gives money back in cash for a receipt that owes some, or closes one that owes nothing. */
export const refundCash: Command<"tender.refund-cash"> = (till) => {
  const problem = cannotTender(till);
  if (problem !== null) return failed(problem);
  const cart = till.cart as Cart;
  const { dueMinor } = totalsOf(cart, pricingOf(till));
  if (dueMinor > 0) return failed({ type: "NothingToRefund" });
  if (dueMinor === 0) completeSale(till, cart);
  else addTender(till, cart, { tenderId: newId(till), kind: "cash", amountMinor: dueMinor });
  return ok(registerView(till));
};

/** Starts a card payment: a row first, the terminal is asked by the payment loop. */
export const takeCard: Command<"tender.card"> = (till, { amountMinor }) => {
  const problem = cannotTender(till);
  if (problem !== null) return failed(problem);
  if (till.world.devices.payment === null) return failed({ type: "PaymentTerminalAbsent" });
  const cart = till.cart as Cart;
  const { dueMinor } = totalsOf(cart, pricingOf(till));
  if (dueMinor <= 0) return failed({ type: "AmountOutOfRange" });
  if (amountMinor > dueMinor) return failed({ type: "MoreThanDue" });
  const requestId = newId(till);
  till.ledger.cardPayments.start(
    { requestId, cartId: cart.cartId, amountMinor },
    till.world.clock.now(),
  );
  till.cardPayment = { requestId, amountMinor, state: "waiting" };
  till.revision++;
  till.loops.wakePayments();
  return ok(registerView(till));
};

/** Asks the payment terminal to stop; its answer decides, because the card may already be charged. */
export const cancelCard: Command<"tender.cancel-card"> = (till) => {
  const problem = notSelling(till);
  if (problem !== null) return failed(problem);
  if (till.cardPayment === null) return failed({ type: "NoCardPayment" });
  till.loops.abortPayment(till.cardPayment.requestId);
  return ok(registerView(till));
};

/** Gives a tender back before completion: cash from the drawer, a card by reversal. */
export const removeTender: Command<"tender.remove"> = (till, { tenderId }) => {
  const problem = cannotTender(till);
  if (problem !== null) return failed(problem);
  const cart = till.cart as Cart;
  const tender = cart.tenders.find((candidate) => candidate.tenderId === tenderId);
  if (tender === undefined) return failed({ type: "UnknownTender" });
  till.ledger.carts.removeTender(cart.cartId, tenderId);
  if (tender.card !== undefined) {
    till.ledger.cardPayments.setState(tender.card.requestId, "reversing", null);
    till.loops.wakePayments();
  }
  till.cart = { ...cart, tenders: cart.tenders.filter((other) => other !== tender) };
  till.revision++;
  return ok(registerView(till));
};

/**
 * Adds what was taken and completes the sale when it is settled. Inside a transaction. [K3] Money of a
 * card whose shift another life of this till has closed waits, taken, for the next shift.
 */
export function addTender(till: Till, cart: Cart, tender: CartTender): void {
  const paid = { ...cart, tenders: [...cart.tenders, tender] };
  if (till.shift !== null && isSettled(paid, pricingOf(till))) {
    completeSale(till, paid);
    return;
  }
  till.ledger.carts.addTender(cart.cartId, tender);
  till.cart = paid;
  till.revision++;
}

/** [K3] A sale that was paid while no shift was open is done with the one that opens. Inside a transaction. */
export function completePaidSale(till: Till): void {
  const { cart } = till;
  if (cart !== null && cart.tenders.length > 0 && isSettled(cart, pricingOf(till))) {
    completeSale(till, cart);
  }
}

/** Why money cannot be taken now; null when it can. */
export function cannotTender(till: Till) {
  const problem = notSelling(till);
  if (problem !== null) return problem;
  if (till.cart === null || till.cart.lines.length === 0) return { type: "EmptyCart" as const };
  if (till.cardPayment !== null) return { type: "CardPaymentUnderWay" as const };
  return null;
}
