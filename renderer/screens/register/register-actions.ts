import type { ControlKey } from "../../../hardware/scanner/control-card.ts";

/** What the register can be told by a key, a button or the control card. */
export type RegisterAction =
  | "keys"
  | "search"
  | "quantity"
  | "suspend"
  | "suspended"
  | "returns"
  | "drawer"
  | "receipts"
  | "open-item"
  | "pay"
  | "void"
  | "remove"
  | "up"
  | "down"
  | "back"
  | "menu"
  | "shift"
  | "sign-out"
  | "back-office";

/**
 * The map of keys, and the only place where it stands. F4 and F8 are kept free for discounts and
 * customers. CASH, CARD and EXACT mean something in the pay pane only; here they lead to it.
 */
const actions: Partial<Readonly<Record<ControlKey, RegisterAction>>> = {
  F1: "keys",
  F2: "search",
  F3: "quantity",
  QUANTITY: "quantity",
  F6: "suspend",
  SUSPEND: "suspend",
  RECALL: "suspended",
  F7: "returns",
  RETURN: "returns",
  F9: "drawer",
  DRAWER: "drawer",
  F10: "receipts",
  REPRINT: "receipts",
  F11: "open-item",
  F12: "pay",
  PAY: "pay",
  CASH: "pay",
  CARD: "pay",
  EXACT: "pay",
  VOID: "void",
  DELETE: "remove",
  REMOVE: "remove",
  UP: "up",
  DOWN: "down",
  ESC: "back",
  SIGNOUT: "sign-out",
};

export function registerActionOf(key: ControlKey): RegisterAction | null {
  return actions[key] ?? null;
}

/** The keys as the F1 pane lists them, in the order a cashier learns them. */
export const keyMap: readonly { readonly keys: string; readonly action: RegisterAction }[] = [
  { keys: "F1", action: "keys" },
  { keys: "F2", action: "search" },
  { keys: "F3", action: "quantity" },
  { keys: "↑ ↓", action: "up" },
  { keys: "Del", action: "remove" },
  { keys: "F6", action: "suspend" },
  { keys: "F7", action: "returns" },
  { keys: "F9", action: "drawer" },
  { keys: "F10", action: "receipts" },
  { keys: "F11", action: "open-item" },
  { keys: "F12", action: "pay" },
  { keys: "⇧ Del", action: "void" },
  { keys: "Esc", action: "back" },
];
