import { create } from "zustand";
import type { ProductView } from "../../host/contract/views.ts";

/** What stands beside the cart. The cart itself never leaves. */
export type Pane =
  | { readonly kind: "goods" }
  | { readonly kind: "search" }
  | { readonly kind: "pay" }
  | { readonly kind: "change" }
  | { readonly kind: "price"; readonly product: ProductView }
  | { readonly kind: "weight"; readonly product: ProductView }
  | { readonly kind: "quantity"; readonly lineId: string | null }
  | { readonly kind: "open-item" }
  | { readonly kind: "gift-card" }
  | { readonly kind: "void" }
  | { readonly kind: "drawer" }
  | { readonly kind: "keys" }
  | { readonly kind: "menu" }
  | { readonly kind: "leave" }
  | { readonly kind: "shift" }
  | { readonly kind: "returns"; readonly receiptNumber?: string }
  | { readonly kind: "suspended" }
  | { readonly kind: "receipts" }
  | { readonly kind: "print-jobs" };

interface PaneState {
  readonly pane: Pane;
  readonly open: (pane: Pane) => void;
  /** Back to the goods. */
  readonly close: () => void;
}

const goods: Pane = { kind: "goods" };

export const usePane = create<PaneState>((set) => ({
  pane: goods,
  open: (pane) => set({ pane }),
  close: () => set({ pane: goods }),
}));
