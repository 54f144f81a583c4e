import { hasValidCheckDigit } from "../../domain/values/gtin.ts";
import type { BarcodeBlock } from "./document.ts";

/**
 * True where the printer can draw exactly this data. Encoder and printer take a wrong check digit
 * without a word, and the till could never read the paper again.
 */
export function isBarcodeDrawable({ symbology, data }: BarcodeBlock): boolean {
  switch (symbology) {
    case "ean13":
      return /^\d{13}$/.test(data) && hasValidCheckDigit(data);
    case "code128":
      return /^[\x20-\x7a\x7c-\x7e]{1,40}$/.test(data);
  }
}

/** How many modules a Code 128 in set B is wide, with its start, check, stop and quiet zones. */
export function code128Modules(data: string): number {
  return 11 * (data.length + 2) + 13 + 20;
}
