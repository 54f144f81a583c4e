import { describe, expect, it } from "vitest";
import { type LineToPrice, priceCart, type PricingRules } from "./price-cart.ts";

const rules: PricingRules = {
  currency: "EUR",
  pricesIncludeTax: true,
  taxRatesPpm: { standard: 190_000, reduced: 70_000, zero: 0 },
  taxRounding: "line",
  rounding: "half-away",
};

const line = (
  unitPriceMinor: number,
  quantityMilli = 1000,
  taxCategory = "standard",
): LineToPrice => ({
  ...{ unitPriceMinor, quantityMilli, taxCategory },
});

describe("prices that include tax", () => {
  it("the total is what the shelf says; tax is taken out of it", () => {
    const cart = priceCart(
      [line(1190), line(107, 1000, "reduced"), line(500, 1000, "zero")],
      rules,
    );
    expect(cart).toMatchObject({ totalMinor: 1797, netMinor: 1600, taxMinor: 197 });
    expect(cart.taxes).toEqual([
      { category: "standard", ratePpm: 190_000, netMinor: 1000, taxMinor: 190 },
      { category: "reduced", ratePpm: 70_000, netMinor: 100, taxMinor: 7 },
      { category: "zero", ratePpm: 0, netMinor: 500, taxMinor: 0 },
    ]);
  });

  it("rounds a weighed line once", () => {
    expect(priceCart([line(199, 846, "reduced")], rules)).toMatchObject({
      totalMinor: 168,
      taxMinor: 11,
    });
  });

  it("takes the label's price over weight × price", () => {
    const labelled = { ...line(199, 1261, "reduced"), labelPriceMinor: 252 };
    expect(priceCart([labelled], rules).totalMinor).toBe(252);
  });
});

describe("prices without tax", () => {
  const added: PricingRules = { ...rules, pricesIncludeTax: false };

  it("adds the tax to the shelf price", () => {
    expect(priceCart([line(1000)], added)).toMatchObject({
      netMinor: 1000,
      taxMinor: 190,
      totalMinor: 1190,
    });
  });

  it("differs by where it rounds, as receipts in the world do", () => {
    const lines = [line(3), line(3), line(3)];
    expect(priceCart(lines, added).taxMinor).toBe(3); // 0.57 → 1, three times
    expect(priceCart(lines, { ...added, taxRounding: "receipt" }).taxMinor).toBe(2); // 1.71 → 2
  });

  it("hands the receipt's tax back to its lines, to the cent", () => {
    const cart = priceCart([line(3), line(3), line(3)], { ...added, taxRounding: "receipt" });
    expect(cart.lines.reduce((sum, { taxMinor }) => sum + taxMinor, 0)).toBe(2);
    expect(cart.totalMinor).toBe(11);
  });
});

describe("whatever is sold", () => {
  it.each([20_261_123, 7, 99])(
    "net + tax = total = Σ lines, and a return mirrors its sale, seed %i",
    (seed) => {
      let state = seed;
      const next = (below: number) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state % below;
      };
      for (let round = 0; round < 500; round++) {
        const trial: PricingRules = {
          ...rules,
          pricesIncludeTax: next(2) === 0,
          taxRounding: next(2) === 0 ? "line" : "receipt",
        };
        const lines = Array.from({ length: 1 + next(20) }, () =>
          line(next(100_000), 1 + next(5_000), ["standard", "reduced", "zero"][next(3)]),
        );
        const cart = priceCart(lines, trial);
        expect(cart.netMinor + cart.taxMinor).toBe(cart.totalMinor);
        const ofLines = cart.lines.reduce(
          (sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor,
          0,
        );
        expect(ofLines).toBe(cart.totalMinor);
        const back = lines.map((one) => ({ ...one, quantityMilli: -one.quantityMilli }));
        expect(priceCart(back, trial).totalMinor).toBe(-cart.totalMinor);
      }
    },
  );

  it("refuses a tax category without a rate: a bug, not a price", () => {
    expect(() => priceCart([line(1, 1000, "luxury")], rules)).toThrow("luxury");
  });
});
