import { assert } from "./assert.ts";

/**
 * The GS1 check digit for `digits` (the code without its check digit), 0–9.
 * GS1 General Specifications §7.9: weights 3,1,3,… from the right, modulo 10.
 */
export function checkDigit(digits: string): number {
  assert(/^\d+$/.test(digits), "a check digit is made from digits");
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const fromRight = digits.length - 1 - i;
    sum += (digits.charCodeAt(i) - 48) * (fromRight % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

/** True for digits whose last one is the right check digit for the rest. */
export function hasValidCheckDigit(code: string): boolean {
  return (
    /^\d{2,}$/.test(code) && checkDigit(code.slice(0, -1)) === code.charCodeAt(code.length - 1) - 48
  );
}

/**
 * A GTIN-8, -12, -13 or -14 as GS1's 14 digits, zero-filled on the left, or null when the length or
 * the check digit is wrong. Two printings of one number (UPC-A and its EAN-13) become one key.
 */
export function normaliseGtin(code: string): string | null {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return null;
  return hasValidCheckDigit(code) ? code.padStart(14, "0") : null;
}
