import { accountMovesOf } from "../../domain/account/account-move.ts";
import { isReturn, settle } from "../../domain/sale/settle.ts";
import type { Cart } from "../../domain/sale/cart.ts";
import type { CompletedSale } from "../../domain/sale/completed-sale.ts";
import { lastSaleOf } from "../state/last-sale.ts";
import { endRevokedSession } from "../state/revoked-session.ts";
import { newId, pricingOf, record, type Till } from "../state/till.ts";
import { nextReceiptNumber } from "../views/register-view.ts";

/**
 * Turns the settled cart into a receipt: fact, projections, stock, print job and drawer kick in the
 * transaction that is already open. After it the counter is clear for the next customer.
 */
export function completeSale(till: Till, cart: Cart): CompletedSale {
  const sale = settle(cart, pricingOf(till), {
    saleId: newId(till),
    receiptNumber: nextReceiptNumber(till),
  });
  const atMs = till.world.clock.now();
  const { fact, position } = record(
    till,
    isReturn(sale) ? "return.completed" : "sale.completed",
    sale,
    { atMs },
  );
  till.ledger.accounts.moved(position, accountMovesOf(fact));
  till.ledger.carts.remove(cart.cartId);
  if (sale.tenders.some((tender) => tender.kind === "cash")) kickDrawer(till, atMs);
  till.ledger.printJobs.add({
    jobId: newId(till),
    content: { kind: "receipt", saleId: sale.saleId, copy: 0 },
    title: sale.receiptNumber,
    createdAtMs: atMs,
  });
  till.cart = null;
  till.cardPayment = null;
  till.receipts++;
  till.lastSale = lastSaleOf(sale);
  till.revision++;
  endRevokedSession(till);
  till.loops.wakePrinting();
  return sale;
}

/** The drawer's pulse is a job of its own: it is never retried and never hides in a receipt. */
export function kickDrawer(till: Till, atMs: number): void {
  till.ledger.printJobs.add({
    jobId: newId(till),
    content: { kind: "drawer-kick" },
    title: "",
    createdAtMs: atMs,
  });
}
