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

/**
 * The GTIN-14 behind a UPC-E: six digits, or all eight (number system 0 or 1, six digits, check digit).
 * GS1 General Specifications §5.2.2.4: the zeros that a UPC-E leaves out come back, and the check
 * digit is that of the UPC-A. Null when the form or the check digit is wrong.
 */
export function expandUpcE(code: string): string | null {
  if (!/^([01]\d{7}|\d{6})$/.test(code)) return null;
  const numberSystem = code.length === 8 ? code.charAt(0) : "0";
  const six = code.length === 8 ? code.slice(1, 7) : code;
  const body = numberSystem + unsqueeze(six);
  const check = String(checkDigit(body));
  if (code.length === 8 && code.charAt(7) !== check) return null;
  return `00${body}${check}`;
}

/** Ten digits of a UPC-A (manufacturer and item) from the six of a UPC-E; the last says where zeros were. */
function unsqueeze(six: string): string {
  const last = six.charAt(5);
  if (last <= "2") return `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`;
  if (last === "3") return `${six.slice(0, 3)}00000${six.slice(3, 5)}`;
  if (last === "4") return `${six.slice(0, 4)}00000${six.charAt(4)}`;
  return `${six.slice(0, 5)}0000${last}`;
}
