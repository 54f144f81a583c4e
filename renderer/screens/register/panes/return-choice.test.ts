import { describe, expect, it } from "vitest";
import type { ReceiptLineView } from "../../../../host/contract/views.ts";
import { chooseAll, chooseLine, nothingChosen, stepOf } from "./return-choice.ts";

function line(lineNo: number, returnableMilli: number, unit: "each" | "kg" = "each") {
  const rest = { sku: "a", name: "A", quantityMilli: 3000, unitPriceMinor: 100, amountMinor: 300 };
  return { lineNo, returnableMilli, unit, ...rest } satisfies ReceiptLineView;
}

describe("what comes back", () => {
  it("the whole receipt is everything that can still come back, and only that", () => {
    expect([...chooseAll([line(1, 3000), line(2, 0), line(3, 846, "kg")])]).toEqual([
      [1, 3000],
      [3, 846],
    ]);
  });

  it("a line stays within nothing and what can still come back", () => {
    const two = line(1, 2000);
    expect(chooseLine(nothingChosen, two, 5000).get(1)).toBe(2000);
    expect(chooseLine(nothingChosen, two, 1000).get(1)).toBe(1000);
    expect(chooseLine(new Map([[1, 1000]]), two, -1000).has(1)).toBe(false);
  });

  it("goods step by a piece, weighed goods by 100 g", () => {
    expect([stepOf(line(1, 1)), stepOf(line(1, 1, "kg"))]).toEqual([1000, 100]);
  });
});
