import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ledger, openLedger } from "../ledger.ts";

let ledger: Ledger;

beforeAll(() => {
  ledger = openLedger(":memory:");
  const good = (
    sku: string,
    name: string,
    codes: { gtins?: string[]; plu?: string; brand?: string } = {},
  ) =>
    ledger.catalogue.upsert({
      ...{ sku, name, gtins: [], priceMinor: 100, unit: "each", taxCategory: "standard" },
      ...codes,
    });
  ledger.write(() => {
    good("A-1", "Salade de carottes râpées", { gtins: ["00000000000949"] });
    good("A-2", "Müller Straße Joghurt", { brand: "Ehrmann" });
    good("A-3", "שוקולד חלב 100 גרם", { gtins: ["07296073173045"] });
    good("A-4", "Молоко 3,2%");
    good("A-5", "Coca-Cola Zero", { gtins: ["05449000131805"] });
    good("A-6", "Cola Nut");
    good("A-7", "Bananas", { plu: "4011" });
  });
});

afterAll(() => {
  ledger.close();
});

const found = (text: string) => ledger.search(text, 10).map((product) => product.sku);

describe("searching goods", () => {
  it.each([
    ["any part of a name", "carott", ["A-1"]],
    ["without its accents", "rapees", ["A-1"]],
    ["in capitals", "RÂPÉES", ["A-1"]],
    ["ß as ss", "strasse", ["A-2"]],
    ["by brand", "ehrm", ["A-2"]],
    ["in Hebrew", "קולד", ["A-3"]],
    ["in Cyrillic", "молок", ["A-4"]],
    ["by one letter, words' starts", "b", ["A-7"]],
    ["by two words in any order", "zero cola", ["A-5"]],
    ["over a hyphen", "coca cola", ["A-5"]],
    ["names that start with it first", "cola", ["A-6", "A-5"]],
    ["by PLU", "4011", ["A-7"]],
    ["by the start of a printed GTIN", "5449000", ["A-5"]],
    ["by a short GTIN without its zeros", "949", ["A-1"]],
    ["by SKU", "a-4", ["A-4"]],
    ["nothing", "  ", []],
    ["only signs", "%_\"*'", []],
    ["what is not there", "zzz", []],
  ])("%s: %s", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("follows a change and a removal", () => {
    ledger.write(() => {
      ledger.catalogue.upsert({
        ...{
          sku: "A-6",
          name: "Kola nut",
          gtins: [],
          priceMinor: 1,
          unit: "each",
          taxCategory: "standard",
        },
      });
    });
    expect(found("cola nut")).toEqual([]);
    expect(found("kola")).toEqual(["A-6"]);
    ledger.write(() => ledger.catalogue.remove("A-6"));
    expect(found("kola")).toEqual([]);
  });
});
