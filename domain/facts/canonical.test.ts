import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "./canonical.ts";

/** Keys sorted at every level, then JSON as everybody writes it: the slow way to the same text. */
function slowly(value: Json): string {
  const sorted = (part: unknown): unknown => {
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return part.map(sorted);
    return Object.fromEntries(
      Object.entries(part)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => [key, sorted(member)]),
    );
  };
  return JSON.stringify(sorted(value));
}

describe("canonicalJson", () => {
  it("sorts keys by UTF-16 code unit, at every level, and leaves out what is undefined", () => {
    expect(
      canonicalJson({ b: 1, a: { d: null, c: undefined, B: true }, é: [], "\u{1f600}": 2 }),
    ).toBe('{"a":{"B":true,"d":null},"b":1,"é":[],"\u{1f600}":2}');
  });

  it("escapes exactly what JSON.stringify escapes [RFC 8785 3.2.2.2]", () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const text = `a${String.fromCharCode(unit)}b`;
      if (canonicalJson(text) !== JSON.stringify(text)) throw new Error(`differs at ${unit}`);
    }
    expect(canonicalJson("😀 שלום \u2028")).toBe(JSON.stringify("😀 שלום \u2028"));
    expect(canonicalJson("\ud800 alone")).toBe('"\\ud800 alone"');
  });

  it("writes whole numbers only, and no minus nought", () => {
    expect(canonicalJson([0, -0, -1, Number.MAX_SAFE_INTEGER])).toBe("[0,0,-1,9007199254740991]");
    expect(() => canonicalJson(0.5)).toThrow("safe integers only, not 0.5");
    expect(() => canonicalJson(Number.NaN)).toThrow("safe integers");
    expect(() => canonicalJson(2 ** 53)).toThrow("safe integers");
  });

  it("agrees with the slow way on a sale", () => {
    const sale = {
      ...{ receiptNumber: "1-000001", currency: "EUR", pricesIncludeTax: true, totalMinor: -1298 },
      lines: [{ lineNo: 1, sku: null, name: 'A "quote" \\ and\\n more', quantityMilli: -2000 }],
      tenders: [],
    };
    expect(canonicalJson(sale)).toBe(slowly(sale));
  });
});

it("gives the same text whether members stand in order or not, and for keys that look like numbers", () => {
  expect(canonicalJson({ a: [{ b: 1, c: -0 }], d: "\u2028" })).toBe(
    '{"a":[{"b":1,"c":0}],"d":"\u2028"}',
  );
  expect(canonicalJson({ d: "\u2028", a: [{ c: 0, b: 1 }] })).toBe(
    '{"a":[{"b":1,"c":0}],"d":"\u2028"}',
  );
  expect(canonicalJson({ 9: 1, 10: 2, "1a": 3 })).toBe('{"10":2,"1a":3,"9":1}');
  expect(canonicalJson({ a: undefined, b: [] })).toBe('{"b":[]}');
});
