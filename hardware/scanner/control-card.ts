/**
 * Barcodes that Evertill prints for itself, all in Code 128. Their prefixes cannot be mistaken for
 * goods: no GTIN has letters.
 */

/** What the barcodes of the laminated control card say: the till is worked by scanner alone. */
export const controlKeys = [
  ...["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "00"],
  ...["ENTER", "ESC", "BACKSPACE", "DELETE", "TAB", "SPACE", "DOT", "PLUS", "MINUS"],
  ...["UP", "DOWN", "LEFT", "RIGHT", "HOME", "END", "PAGEUP", "PAGEDOWN"],
  ...["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12"],
  ...["PAY", "CASH", "CARD", "EXACT", "QUANTITY", "REMOVE", "VOID", "SUSPEND", "RECALL"],
  ...["RETURN", "REPRINT", "DRAWER", "SIGNOUT", "YES", "NO"],
] as const;
export type ControlKey = (typeof controlKeys)[number];

const controlPrefix = "EVC-";
const receiptPrefix = "EVR-";

/** The text of a control card's barcode, "EVC-PAY". */
export function controlBarcode(key: ControlKey): string {
  return controlPrefix + key;
}

/** The text of the barcode at a receipt's foot, "EVR-2-004711". */
export function receiptBarcode(receiptNumber: string): string {
  return receiptPrefix + receiptNumber;
}

/**
 * What a barcode of our own says; "malformed" has our prefix and then nonsense; null is not ours.
 * Small letters count as capitals: Caps Lock and some scanners' settings turn them round.
 */
export function readOwnBarcode(
  scanned: string,
):
  | { readonly kind: "control"; readonly key: ControlKey }
  | { readonly kind: "receipt"; readonly receiptNumber: string }
  | "malformed"
  | null {
  const code = scanned.toUpperCase();
  if (code.startsWith(controlPrefix)) {
    const name = code.slice(controlPrefix.length);
    const key = controlKeys.find((known) => known === name);
    return key === undefined ? "malformed" : { kind: "control", key };
  }
  if (code.startsWith(receiptPrefix)) {
    const receiptNumber = code.slice(receiptPrefix.length);
    return /^[A-Z0-9][A-Z0-9-]{0,31}$/.test(receiptNumber)
      ? { kind: "receipt", receiptNumber }
      : "malformed";
  }
  return null;
}
