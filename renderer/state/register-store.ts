import { create } from "zustand";
import type { CartLineView, CartView, RegisterView } from "../../host/contract/views.ts";

interface RegisterState {
  /** Null until the host has answered for the first time. */
  readonly view: RegisterView | null;
  /**
   * The newest thing the host said about the register; what is older than the screen is dropped.
   */
  readonly apply: (view: RegisterView) => void;
  /** A new connection may lead to a host that counts its revisions from the start. */
  readonly restart: (view: RegisterView) => void;
}

/** A cache of the host's answers: nothing here is decided by the screen. */
export const useRegister = create<RegisterState>((set, get) => ({
  view: null,
  apply: (view) => {
    const shown = get().view;
    if (shown !== null && view.revision <= shown.revision) return;
    set({ view: keepUnchanged(shown, view) });
  },
  restart: (view) => set({ view: keepUnchanged(get().view, view) }),
}));

/**
 * Parts that say the same keep their identity, so that a scan repaints one line and the totals and
 * not the other 299 lines.
 */
function keepUnchanged(shown: RegisterView | null, next: RegisterView): RegisterView {
  if (shown === null) return next;
  return {
    ...next,
    terminal: same(shown.terminal, next.terminal),
    person: same(shown.person, next.person),
    shift: same(shown.shift, next.shift),
    lastSale: same(shown.lastSale, next.lastSale),
    cart: keepCart(shown.cart, next.cart),
  };
}

function keepCart(shown: CartView | null, next: CartView | null): CartView | null {
  if (shown === null || next === null || shown.cartId !== next.cartId) return next;
  const before = new Map(shown.lines.map((line) => [line.lineId, line]));
  const lines = next.lines.map((line) => keepLine(before.get(line.lineId), line));
  const unchanged =
    lines.length === shown.lines.length && lines.every((line, i) => line === shown.lines[i]);
  return {
    ...next,
    lines: unchanged ? shown.lines : lines,
    tenders: same(shown.tenders, next.tenders),
    taxes: same(shown.taxes, next.taxes),
    quickCashMinor: same(shown.quickCashMinor, next.quickCashMinor),
    cardPayment: same(shown.cardPayment, next.cardPayment),
  };
}

function keepLine(shown: CartLineView | undefined, next: CartLineView): CartLineView {
  return shown !== undefined &&
    shown.quantityMilli === next.quantityMilli &&
    shown.amountMinor === next.amountMinor &&
    shown.unitPriceMinor === next.unitPriceMinor &&
    shown.name === next.name
    ? shown
    : next;
}

/** Small JSON values only. */
function same<T>(shown: T, next: T): T {
  return JSON.stringify(shown) === JSON.stringify(next) ? shown : next;
}
