import { describe, expect, it } from "vitest";
import { formatAmount, formatMoney, formatQuantity } from "./money.ts";

const euro = (locale: string) => ({ locale, currency: "EUR", exponent: 2 });

describe("amounts", () => {
  it.each([
    [5, "0.05"],
    [0, "0.00"],
    [123_456_789, "1,234,567.89"],
    [-70, "\u22120.70"],
    [Number.MAX_SAFE_INTEGER, "90,071,992,547,409.91"],
  ])("%d minor units in English are %s, exactly", (minor, text) => {
    expect(formatAmount(minor, euro("en-GB"))).toBe(text);
  });

  it("follow the language's separators, without invisible marks", () => {
    expect(formatAmount(123_456_789, euro("de-DE"))).toBe("1.234.567,89");
    expect(formatAmount(-123_456_789, euro("he-IL"))).toBe("\u22121,234,567.89");
  });

  it("have as many digits as the currency", () => {
    expect(formatAmount(1_234, { locale: "en-GB", currency: "JPY", exponent: 0 })).toBe("1,234");
    expect(formatAmount(1_234, { locale: "en-GB", currency: "KWD", exponent: 3 })).toBe("1.234");
  });

  it("stand isolated in a sentence", () => {
    expect(formatMoney(2_465, euro("en-GB"))).toBe("\u206624.65\u00a0EUR\u2069");
  });
});

describe("quantities", () => {
  it.each([
    [3_000, "3"],
    [846, "0.846"],
    [1_500, "1.500"],
    [-1_000, "\u22121"],
    [9_999_000, "9,999"],
  ])("%d thousandths are %s", (milli, text) => {
    expect(formatQuantity(milli, "en-GB")).toBe(text);
  });
});
