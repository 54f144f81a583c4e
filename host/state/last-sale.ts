import type { CompletedSale } from "../../domain/sale/completed-sale.ts";
import type { LastSaleView } from "../contract/views.ts";
import type { Till } from "./till.ts";

/** What the screen shows of a sale that was just completed: its change, above all. */
export function lastSaleOf(sale: CompletedSale): LastSaleView {
  const { saleId, receiptNumber, totalMinor, changeMinor, tenders } = sale;
  return { saleId, receiptNumber, totalMinor, changeMinor, tenders };
}

/**
 * After a crash right behind a completed sale its change is shown again: the customer still waits for it, and
 * nobody else can tell how much it is. Only while the same person is at the till and nothing came after it.
 */
export function bringBackLastSale(till: Till): void {
  if (till.session === null || till.cart !== null) return;
  const { journal } = till.ledger;
  const newest = journal.at(journal.head().position);
  if (newest?.type !== "sale.completed" && newest?.type !== "return.completed") return;
  till.lastSale = lastSaleOf(newest.payload);
}
