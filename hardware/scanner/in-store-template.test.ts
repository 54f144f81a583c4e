import { describe, expect, it } from "vitest";
import { checkDigit } from "../../domain/values/gtin.ts";
import { parseTemplates, readInStore, usualTemplates } from "./in-store-template.ts";
import { priceCheckDigit } from "./price-check-digit.ts";

const withCheck = (twelve: string) => twelve + String(checkDigit(twelve));

function read(code: string, ...texts: string[]) {
  const parsed = parseTemplates(texts);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return readInStore(code, parsed.value, 2);
}

describe("parseTemplates", () => {
  it("takes what a new store starts with", () => {
    expect(parseTemplates(usualTemplates)).toMatchObject({ ok: true });
  });

  it.each([
    ["21PPPPPWWWWW", "must end with its only C, the check digit"],
    ["21PPPPPWWWWWCC", "has 14 characters; an EAN-13 has 13, a UPC-A has 12"],
    ["", "has 0 characters; an EAN-13 has 13, a UPC-A has 12"],
    ["21PPPPPQWWWWC", '"Q" means nothing here; use digits, P, W, V, K, X and C'],
    ["40PPPPPWWWWWC", "must begin with 02, 04 or 20 to 29: other numbers belong to real goods"],
    ["PPPPPPPWWWWWC", "must begin with 02, 04 or 20 to 29: other numbers belong to real goods"],
    ["21PPPPP1WWWWC", "has a digit after the first letter"],
    ["21CPPPPWWWWWC", "must end with its only C, the check digit"],
    ["21XXXXXWWWWWC", "needs the good's number: one run of P"],
    ["21PPXPPWWWWWC", "needs the good's number: one run of P"],
    ["21PPPPPXXXXXC", "needs either one run of W (weight) or one run of V (price)"],
    ["21PPPPPWWVVVC", "needs either one run of W (weight) or one run of V (price)"],
    ["21PPPPPWWXWWC", "needs either one run of W (weight) or one run of V (price)"],
    ["21PPPPKKVVVVC", "may have one K"],
    ["21PPPPPPKVVVC", "has a K, which GS1 defines for fields of 4 or 5 digits, not 3"],
    ["21PP.PPPWWWWWC", "may have one point, inside its W or V field"],
    ["21PPPPPW.W.WWWC", "may have one point, inside its W or V field"],
    ["21PPPPPWWWWW.C", "may have one point, inside its W or V field"],
  ])("%j %s", (template, problem) => {
    expect(parseTemplates([template])).toEqual({
      ok: false,
      failure: [{ template, problem }],
    });
  });

  it("names every bad one at once, and two of one prefix", () => {
    expect(parseTemplates(["1", "21PPPPPWWWWWC", "21PPPPXWWWWWC"])).toEqual({
      ok: false,
      failure: [
        { template: "1", problem: "has 1 characters; an EAN-13 has 13, a UPC-A has 12" },
        {
          template: "21PPPPXWWWWWC",
          problem: 'begins with 21 like "21PPPPPWWWWWC"; give each its own prefix',
        },
      ],
    });
  });
});

describe("readInStore", () => {
  it.each([
    [
      "grams",
      "21PPPPPWWWWWC",
      "210012301250",
      { kind: "weighed", plu: "00123", weightMilli: 1_250 },
    ],
    ["tens of grams", "21PPPPPWWW.WWC", "210012301250", { plu: "00123", weightMilli: 12_500 }],
    ["minor units", "20PPPPPVVVVVC", "200012301250", { kind: "priced", priceMinor: 1_250 }],
    ["tenths", "20PPPPPVVVV.VC", "200012301250", { kind: "priced", priceMinor: 12_500 }],
    ["thousandths", "20PPPPPVV.VVVC", "200012301255", { kind: "priced", priceMinor: 126 }],
    ["digits to pass over", "29XPPPPPXWWWC", "299123450250", { plu: "12345", weightMilli: 250 }],
    ["six digits of PLU", "02PPPPPPWWWWC", "021234560999", { plu: "123456", weightMilli: 999 }],
    ["nothing on the scale", "21PPPPPWWWWWC", "210012300000", { kind: "weighed", weightMilli: 0 }],
  ])("%s", (_, template, twelve, expected) => {
    expect(read(withCheck(twelve), template)).toMatchObject(expected);
  });

  it("the longest prefix decides", () => {
    const templates = ["21PPPPPWWWWWC", "2199PPPVVVVVC"];
    expect(read(withCheck("219912301250"), ...templates)).toMatchObject({ kind: "priced" });
    expect(read(withCheck("219812301250"), ...templates)).toMatchObject({ kind: "weighed" });
  });

  it("a wrong price check digit is told with the right one", () => {
    const template = "20PPPPPKVVVVC";
    expect(read(withCheck("200012392875"), template)).toMatchObject({ priceMinor: 2_875 });
    expect(read(withCheck("200012382875"), template)).toEqual({
      kind: "wrong-check-digit",
      expected: "9",
    });
  });

  it("no template, or a wrong check digit: not an in-store code", () => {
    expect(read(withCheck("230012301250"), "21PPPPPWWWWWC")).toBeNull();
    expect(read("2100123012500", "21PPPPPWWWWWC")).toBeNull();
  });
});

describe("priceCheckDigit", () => {
  it.each([
    // GS1 General Specifications §7.9.4 and §7.9.5, the worked examples.
    ["2875", 9],
    ["14685", 6],
    ["0000", 0],
    ["00000", 0],
  ])("of %s is %i", (field, expected) => {
    expect(priceCheckDigit(field)).toBe(expected);
  });

  it("tells every single wrong digit of a price", () => {
    for (const field of ["2875", "14685"]) {
      for (let at = 0; at < field.length; at++) {
        const digits = Array.from("0123456789", (digit) =>
          priceCheckDigit(field.slice(0, at) + digit + field.slice(at + 1)),
        );
        expect(new Set(digits).size).toBe(10);
      }
    }
  });
});
