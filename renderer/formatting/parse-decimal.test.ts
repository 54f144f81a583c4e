import { describe, expect, it } from "vitest";
import { editedDecimal, parseDecimal } from "./parse-decimal.ts";

describe("what a person types as a number", () => {
  it.each([
    ["12", 3, 12_000],
    ["0.846", 3, 846],
    [" 4,2 ", 2, 420],
    ["4.", 2, 400],
    ["0", 3, 0],
    ["-1.5", 3, -1_500],
    ["\u22122", 3, -2_000],
    ["7", 0, 7],
  ])("%s with %i digits is %i", (typed, digits, value) => {
    expect(parseDecimal(typed, digits)).toBe(value);
  });

  it.each(["", "1.2345", "1,234.50", "abc", "1e3", "--1", "0x10"])("%s is none", (typed) => {
    expect(parseDecimal(typed, 2)).toBeNull();
  });

  it("stands in the field as it is typed again", () => {
    expect(editedDecimal(420, 2, "en")).toBe("4.20");
    expect(editedDecimal(420, 2, "de")).toBe("4,20");
    expect(editedDecimal(-5, 2, "en")).toBe("-0.05");
    expect(editedDecimal(7, 0, "en")).toBe("7");
  });
});
