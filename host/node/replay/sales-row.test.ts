import { describe, expect, it } from "vitest";
import { fittingLines } from "./fitting-lines.ts";
import { isGoodsCode } from "./goods-code.ts";
import { readSalesRow, type RowRules, type SalesLine } from "./sales-row.ts";

const rules: RowRules = {
  columns: { invoice: 0, code: 1, description: 2, quantity: 3, date: 4, price: 5 },
  width: 6,
  exponent: 2,
  dateOrder: null,
  decimalComma: false,
};
const good = ["536365", "85123A", "HEART", "6", "2010-12-01 08:26:00", "2.55"];

function read(change: Readonly<Record<number, string>>, more: Partial<RowRules> = {}) {
  const cells = good.map((cell, index) => change[index] ?? cell);
  return readSalesRow(cells, 2, { ...rules, ...more });
}

describe("readSalesRow", () => {
  it("reads a row into integers", () => {
    expect(read({})).toEqual({
      ok: true,
      value: {
        row: 2,
        invoice: "536365",
        code: "85123A",
        description: "HEART",
        quantity: 6,
        unitPriceMinor: 255,
        time: { date: "2010-12-01", secondOfDay: 30360 },
      },
    });
  });

  it.each([
    ["a return", { 3: "-6" }, { quantity: -6 }],
    ["a gift", { 5: "0" }, { unitPriceMinor: 0 }],
    ["what pandas makes of an integer", { 3: "6.0" }, { quantity: 6 }],
    ["a price without pennies", { 5: "12" }, { unitPriceMinor: 1200 }],
    ["zeros at the end", { 5: "1.5000" }, { unitPriceMinor: 150 }],
    ["a name over two lines", { 2: "HEART\n  HOLDER" }, { description: "HEART HOLDER" }],
    ["a code in small letters as it stands", { 1: "85123a" }, { code: "85123a" }],
  ])("takes %s", (_, change, expected) => {
    expect(read(change)).toMatchObject({ ok: true, value: expected });
  });

  it.each([
    ["a price below zero", { 5: "-11062.06", 3: "1" }, "below zero", -1_106_206],
    ["a price finer than a penny", { 5: "0.001" }, "finer than", null],
    ["one that comes to whole pennies in the end", { 5: "0.005" }, "finer than", 3],
    ["no invoice", { 0: "" }, "invoice number is missing", 1530],
    ["no code", { 1: " " }, "stock code is missing", 1530],
    ["a code that is too long", { 1: "9".repeat(65) }, "more than 64", 1530],
    ["no quantity", { 3: "" }, "quantity is missing", null],
    ["quantity 0", { 3: "0" }, "quantity is 0", 0],
    ["half a piece", { 3: "0.5" }, "not whole", null],
    ["a million pieces", { 3: "1000000" }, "more than 999999", 255_000_000],
    ["a quantity in words", { 3: "six" }, "not a number", null],
    ["thousands set apart", { 5: "1,234.50" }, "not a number", null],
    ["a decimal comma among commas", { 5: "2,55" }, "not a number", null],
    ["an exponent", { 5: "1e3" }, "not a number", null],
    ["a price that is too large", { 5: "10000000.00", 3: "1" }, "too large", 1_000_000_000],
    ["no price", { 5: "" }, "unit price is missing", null],
    ["no date", { 4: "" }, "date is missing", 1530],
    ["a date that is none", { 4: "soon" }, "not a date", 1530],
    ["a date that can be read in two ways", { 4: "01/12/2010" }, "two ways", 1530],
  ])("refuses %s and says why", (_, change, why, amountMinor) => {
    expect(read(change)).toMatchObject({
      ok: false,
      failure: { row: 2, why: expect.stringContaining(why) as unknown, amountMinor },
    });
  });

  it("refuses a row with a cell too few, because nobody knows which", () => {
    expect(readSalesRow(good.slice(0, 5), 9, rules)).toMatchObject({
      failure: { row: 9, why: "the row has 5 cells, the titles have 6" },
    });
  });

  it("counts in the store's currency: yen have no decimals, dinars three", () => {
    expect(read({ 5: "2.5" }, { exponent: 0 })).toMatchObject({ ok: false });
    expect(read({ 5: "255" }, { exponent: 0 })).toMatchObject({ value: { unitPriceMinor: 255 } });
    expect(read({ 5: "0.001" }, { exponent: 3 })).toMatchObject({ value: { unitPriceMinor: 1 } });
  });

  it("reads a decimal comma where cells are not set apart by commas", () => {
    expect(read({ 5: "2,55" }, { decimalComma: true })).toMatchObject({
      value: { unitPriceMinor: 255 },
    });
  });
});

describe("isGoodsCode", () => {
  it.each(["85123A", "22423", "15056BL", "85123a", "DCGS0076", "DCGSSGIRL"])("%s", (code) => {
    expect(isGoodsCode(code)).toBe(true);
  });
  it.each(["POST", "DOT", "M", "m", "D", "S", "C2", "B", "BANK CHARGES", "AMAZONFEE", "CRUK"])(
    "%s is none",
    (code) => {
      expect(isGoodsCode(code)).toBe(false);
    },
  );
  it.each(["PADS", "gift_0001_20", "2242", "224233", "22423-1"])("%s is none", (code) => {
    expect(isGoodsCode(code)).toBe(false);
  });
});

describe("fittingLines", () => {
  const line = (quantity: number, unitPriceMinor: number, code = "22423"): SalesLine => ({
    ...{ row: 2, invoice: "1", code, description: "", quantity, unitPriceMinor },
    time: { date: "2010-12-01", secondOfDay: 0 },
  });

  it("refuses what would make a receipt too large, and keeps the rest", () => {
    const lines = [line(999_999, 400_000), line(999_999, 400_000, "1"), line(1, 5, "2")];
    const { fitting, refused } = fittingLines(lines);
    expect(fitting).toEqual([lines[0], lines[2]]);
    expect(refused).toEqual([
      { line: lines[1], why: expect.stringContaining("receipt holds") as unknown },
    ]);
  });

  it("counts lines together that the receipt puts together", () => {
    const lines = [line(999_999, 1), line(1, 1), line(1, 2)];
    expect(fittingLines(lines).fitting).toEqual([lines[0], lines[2]]);
  });
});
