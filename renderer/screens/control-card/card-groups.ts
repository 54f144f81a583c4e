import type { ControlKey } from "../../../hardware/scanner/control-card.ts";

/** What stands on the sheet, in the order a cashier needs it. */
export const cardGroups = [
  { group: "pay", keys: ["PAY", "CASH", "EXACT", "CARD"] },
  {
    group: "sale",
    keys: [
      ...(["QUANTITY", "REMOVE", "VOID", "SUSPEND", "RECALL"] as const),
      ...(["RETURN", "REPRINT", "DRAWER", "SIGNOUT"] as const),
    ],
  },
  {
    group: "digits",
    keys: [
      ...(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "00"] as const),
      ...(["ENTER", "BACKSPACE", "DELETE", "ESC", "YES", "NO"] as const),
    ],
  },
  { group: "keys", keys: ["UP", "DOWN", "F1", "F2", "F11"] },
] as const satisfies readonly { group: string; keys: readonly ControlKey[] }[];

export type CardKey = (typeof cardGroups)[number]["keys"][number];
