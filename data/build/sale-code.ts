import { normaliseGtin } from "../../domain/values/gtin.ts";

/**
 * True for a valid GTIN that a supplier prints on a good sold in any store. Numbers a store or a
 * chain gives out itself (GS1 prefixes 02, 04, 20–29; GTIN-8 beginning 0 or 2), coupons (05, 98,
 * 99) and the books' and journals' ranges (977–979) are left out: the first would collide with the
 * barcodes of the scales.
 */
export function isSuppliersGtin(code: string): boolean {
  const gtin = normaliseGtin(code);
  if (gtin === null || code.length === 14) return false;
  if (code.length === 8) return !/^[02]/.test(code);
  const thirteen = gtin.slice(1);
  return !/^(0000|0[245]|2|97[789]|9[89])/.test(thirteen);
}
