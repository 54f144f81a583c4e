import type { KeypadKey } from "./keypad.tsx";

/**
 * The value after one more key. More digits than fit are no number of this pad's but most likely a
 * code that was typed into it: the value is dropped, so that no half of a barcode ever becomes
 * money.
 */
export function typeDigits(value: number, key: KeypadKey, most: number): number {
  if (key === "erase") return Math.floor(value / 10);
  if (key === "point") return value;
  const typed = key === "00" ? value * 100 : value * 10 + Number(key);
  return typed > most ? 0 : typed;
}
