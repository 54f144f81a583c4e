import { failed, ok } from "../../domain/values/result.ts";
import { totalsOf } from "../../domain/sale/cart.ts";
import type { SuspendedView } from "../contract/views.ts";
import { nameOf, pricingOf, record } from "../state/till.ts";
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
  const atMs = till.world.clock.now();
  const by = till.session?.personId ?? "";
  till.ledger.carts.suspend(cart.cartId, { atMs, by, note: note ?? null, totalMinor });
  record(till, "sale.suspended", {
    cartId: cart.cartId,
    lines: cart.lines.length,
    totalMinor,
    ...(note === undefined ? {} : { note }),
  });
  till.cart = null;
  till.suspendedCount++;
  till.revision++;
  return ok(registerView(till));
};

/** Takes a suspended sale back to the counter. */
export const recallSale: Command<"cart.recall"> = (till, { cartId }) => {
  const problem = notSelling(till);
  if (problem !== null) return failed(problem);
  if (saleIsOpen(till)) return failed({ type: "SaleIsOpen" });
  const isThere = till.ledger.carts.suspended().some((cart) => cart.cartId === cartId);
  if (!isThere) return failed({ type: "UnknownCart" });
  if (till.cart !== null) till.ledger.carts.remove(till.cart.cartId);
  till.cart = till.ledger.carts.resume(cartId);
  record(till, "sale.recalled", { cartId });
  till.lastSale = null;
  till.suspendedCount--;
  till.revision++;
  return ok(registerView(till));
};

export const listSuspended: Query<"cart.suspended"> = (till) =>
  ok(
    till.ledger.carts.suspended().map(
      (cart): SuspendedView => ({
        cartId: cart.cartId,
        suspendedAtMs: cart.suspendedAtMs,
        by: nameOf(till, cart.suspendedBy),
        note: cart.note,
        lines: cart.lines,
        totalMinor: cart.totalMinor,
        firstLine: cart.firstLine,
      }),
    ),
  );
