import type { CartView } from "../../../../host/contract/views.ts";

/** How many times the largest usual note is more than any hand gives. */
const generous = 10;

/** True for cash so far beyond the amount due that it is more likely a code typed into the pad. */
export function needsSecondLook(
  amountMinor: number,
  cart: Pick<CartView, "dueMinor" | "quickCashMinor">,
): boolean {
  const usual = Math.max(cart.dueMinor, ...cart.quickCashMinor);
  return amountMinor > usual * generous;
}
