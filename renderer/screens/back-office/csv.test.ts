import { describe, expect, it } from "vitest";
import { csvOf, decimalOf } from "./csv.ts";

describe("export of a table as CSV", () => {
  it("quotes what needs quotes and nothing else", () => {
    const text = csvOf(
      ["Name", "Amount"],
      [
        ['Beans, "dark"', "12.05"],
        ["two\nlines", 3],
        [null, 0],
      ],
    );
    expect(text).toBe('\uFEFFName,Amount\r\n"Beans, ""dark""",12.05\r\n"two\nlines",3\r\n,0\r\n');
  });

  it("disarms formulas but leaves negative numbers alone", () => {
    const text = csvOf(["a"], [["=1+1"], ["@cmd"], ["-1.50"], ["-x"], [-2]]);
    expect(text.split("\r\n").slice(1, 6)).toEqual(["'=1+1", "'@cmd", "-1.50", "'-x", "-2"]);
  });

  it.each([
    [-1205, 2, "-12.05"],
    [5, 2, "0.05"],
    [-5, 3, "-0.005"],
    [123_456_789, 2, "1234567.89"],
    [980, 0, "980"],
    [0, 2, "0.00"],
  ])("%i with %i digits is %s", (value, exponent, text) => {
    expect(decimalOf(value, exponent)).toBe(text);
  });
});
