import { expect, it } from "vitest";
import { typePiece } from "./shift-pieces.ts";

it.each([
  [0, "7", 7],
  [7, "0", 70],
  [12, "00", 1_200],
  [12, "erase", 1],
  [1, "erase", 0],
  [5, "point", 5],
  [99_999, "1", 99_999],
  [1_000, "00", 1_000],
] as const)("%i pieces and the key %s are %i", (count, key, after) => {
  expect(typePiece(count, key)).toBe(after);
});
