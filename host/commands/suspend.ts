import { present } from "../../domain/values/assert.ts";
import { failed, ok } from "../../domain/values/result.ts";
import { totalsOf } from "../../domain/sale/cart.ts";
import { cartOf, nameOf, pricingOf, record, type Till } from "../state/till.ts";
import { registerView } from "../views/register-view.ts";
import { cannotChange } from "./cart.ts";
import { type Command, notSelling, type Query, saleIsOpen } from "./command.ts";

/** Puts the open sale aside for later, prices as they are. */
export const suspendSale: Command<"cart.suspend"> = (till, { note }) => {
  const problem = cannotChange(till);
  if (problem !== null) return failed(problem);
  const { cart } = till;
  if (cart === null || !saleIsOpen(till)) return failed({ type: "EmptyCart" });
  const { totalMinor } = totalsOf(cart, pricingOf(till));
  till.ledger.carts.remove(cart.cartId);
  record(till, "sale.suspended", {
    cartId: cart.cartId,
    lines: cart.lines.length,
    totalMinor,
    ...(note === undefined ? {} : { note }),
    goods: cart.lines,
  });
  till.cart = null;
  till.suspendedCount++;
  till.revision++;
  return ok(registerView(till));
};

/** Why a suspended sale cannot be taken back here and now; null when it can. */
export function cannotRecall(
  till: Till,
  suspensionId: string,
): { readonly type: "NotSignedIn" | "NoShift" | "SaleIsOpen" | "UnknownCart" } | null {
  const problem = notSelling(till);
  if (problem !== null) return problem;
  if (saleIsOpen(till)) return { type: "SaleIsOpen" };
  return till.ledger.suspendedSales.get(suspensionId) === null ? { type: "UnknownCart" } : null;
}

/** Takes a suspended sale of the store back to the counter, whichever till put it aside. */
export const recallSale: Command<"cart.recall"> = (till, { suspensionId }) => {
  const problem = cannotRecall(till, suspensionId);
  if (problem !== null) return failed(problem);
  const waiting = present(till.ledger.suspendedSales.get(suspensionId), "the suspended sale");
  const cart = cartOf(till);
  const { carts } = till.ledger;
  for (const line of waiting.lines) carts.writeLine(cart.cartId, line);
  till.cart = { ...cart, lines: waiting.lines };
  record(till, "sale.recalled", { cartId: cart.cartId, suspension: suspensionId });
  till.lastSale = null;
  till.suspendedCount--;
  till.revision++;
  return ok(registerView(till));
};

export const listSuspended: Query<"cart.suspended"> = (till) =>
  ok(
    till.ledger.suspendedSales.waiting().map(({ terminalId: _, suspendedBy, lines, ...sale }) => ({
      ...sale,
      by: nameOf(till, suspendedBy),
      lines: lines.length,
      firstLine: lines[0]?.name ?? null,
    })),
  );
