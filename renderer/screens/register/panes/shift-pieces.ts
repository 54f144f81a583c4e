import type { KeypadKey } from "../../../controls/keypad.tsx";

/** More pieces of one value than a drawer holds. */
const mostPieces = 99_999;

/** What a key of the pad makes of a number of pieces. */
export function typePiece(count: number, key: KeypadKey): number {
  if (key === "erase") return Math.floor(count / 10);
  if (key === "point") return count;
  const typed = key === "00" ? count * 100 : count * 10 + Number(key);
  return typed > mostPieces ? count : typed;
}
