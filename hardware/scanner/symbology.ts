/**
 * AIM symbology identifiers (ISO/IEC 15424): "]", a letter for the symbology, a character for how
 * the reader treated it. Scanners send them before the data when asked to, HID POS ones always.
 */

/** Splits "]E04006381333931" into identifier and data; codes without one come back whole. */
export function splitAimPrefix(text: string): { symbology: string | null; data: string } {
  const match = /^\][A-Za-z][0-9A-Za-z]/.exec(text);
  return match
    ? { symbology: match[0], data: text.slice(match[0].length) }
    : { symbology: null, data: text };
}

/**
 * What the identifier promises about the data:
 * - `gs1` it begins with FNC1, so it is a GS1 element string
 * - `ean` EAN-13, UPC-A or UPC-E; `ean-8`; `ean-addon` with the two or five digits beside it
 * - `itf` cartons: fourteen digits are a GTIN
 * - `other` a symbology with a check of its own (Code 128, QR …), so digits need not be a GTIN
 * - `unknown` nothing was said
 */
export type Carrier = "gs1" | "ean" | "ean-8" | "ean-addon" | "itf" | "other" | "unknown";

const gs1Carriers = new Set(["]C1", "]e0", "]e1", "]e2", "]d2", "]d5", "]Q3", "]Q4", "]J1", "]J4"]);

export function carrierOf(symbology: string | null): Carrier {
  // "]X0" is "other, no identifier" (Honeywell sends it where it knows no better).
  if (symbology === null || !/^\][A-WYZa-z][0-9A-Za-z]$/.test(symbology)) return "unknown";
  if (gs1Carriers.has(symbology)) return "gs1";
  if (symbology === "]E4") return "ean-8";
  if (symbology === "]E3") return "ean-addon";
  if (symbology.startsWith("]E")) return "ean";
  if (symbology.startsWith("]I")) return "itf";
  return "other";
}
