import { describe, expect, it } from "vitest";
import type { PricingRules } from "../pricing/price-cart.ts";
import { addLine, type Cart, itemsOf, type NewLine, removeLine, totalsOf } from "./cart.ts";
import { quickCash } from "./quick-cash.ts";
import { isReturn, isSettled, receiptNumberOf, settle } from "./settle.ts";

const rules: PricingRules = {
  currency: "EUR",
  pricesIncludeTax: true,
  taxRatesPpm: { reduced: 70_000 },
  taxRounding: "line",
  rounding: "half-away",
};

const beans: NewLine = {
  sku: "beans",
  name: "Espresso beans",
  quantityMilli: 1000,
  unit: "each",
  unitPriceMinor: 649,
  taxCategory: "reduced",
};
const empty: Cart = { cartId: "c", openedAtMs: 0, lines: [], tenders: [] };

function cartOf(...lines: NewLine[]): Cart {
  return lines.reduce((cart, line) => addLine(cart, line).cart, empty);
}

function paid(cart: Cart, amountMinor: number): Cart {
  return { ...cart, tenders: [{ tenderId: "t", kind: "cash", amountMinor }] };
}

describe("lines", () => {
  it("a second piece of the last line makes it larger, anything else is a new line", () => {
    const bread = { ...beans, sku: "bread", name: "Bread" };
    const cart = cartOf(beans, beans, bread, beans);
    expect(cart.lines.map((line) => [line.lineNo, line.sku, line.quantityMilli])).toEqual([
      [1, "beans", 2000],
      [2, "bread", 1000],
      [3, "beans", 1000],
    ]);
    expect(itemsOf(cart)).toBe(4);
  });

  it.each([
    ["another price", { unitPriceMinor: 599 }],
    ["a weighed piece", { unit: "kg" as const }],
    ["an open item", { sku: null }],
    ["a label's price", { labelPriceMinor: 600 }],
    ["goods that come back", { quantityMilli: -1000 }],
  ])("%s stands on its own line", (_, difference) => {
    expect(cartOf(beans, { ...beans, ...difference }).lines).toHaveLength(2);
  });

  it("never reuses a number while later lines stand", () => {
    const cart = removeLine(cartOf(beans, { ...beans, sku: "bread" }), 1);
    expect(addLine(cart, { ...beans, sku: "tea" }).written.lineNo).toBe(3);
  });
});

describe("settling", () => {
  it("waits for the whole amount, then gives change", () => {
    const cart = cartOf(beans);
    expect(isSettled(paid(cart, 648), rules)).toBe(false);
    const sale = settle(paid(cart, 1000), rules, { saleId: "s", receiptNumber: "2-000001" });
    expect(sale).toMatchObject({ totalMinor: 649, changeMinor: 351, netMinor: 607 });
    expect(isReturn(sale)).toBe(false);
  });

  it("gives back exactly what a return comes to", () => {
    const cart = cartOf({ ...beans, quantityMilli: -1000 });
    expect(totalsOf(cart, rules).dueMinor).toBe(-649);
    expect(isSettled(paid(cart, -648), rules)).toBe(false);
    const sale = settle(paid(cart, -649), rules, { saleId: "s", receiptNumber: "2-000002" });
    expect(sale).toMatchObject({ totalMinor: -649, changeMinor: 0 });
    expect(isReturn(sale)).toBe(true);
  });

  it("numbers receipts by till", () => {
    expect(receiptNumberOf(2, 4711)).toBe("2-004711");
    expect(receiptNumberOf(12, 1_234_567)).toBe("12-1234567");
  });
});

describe("quick cash", () => {
  it("offers the exact amount and what people hand over", () => {
    expect(quickCash(2465, "EUR")).toEqual([2465, 2500, 3000, 4000]);
    expect(quickCash(649, "EUR")).toEqual([649, 1000, 2000, 5000]);
    expect(quickCash(2000, "EUR")[0]).toBe(2000);
    expect(quickCash(0, "EUR")).toEqual([]);
    expect(quickCash(700, "XTS")).toEqual([700]);
  });
});
