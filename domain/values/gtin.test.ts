import { describe, expect, it } from "vitest";
import { checkDigit, expandUpcE, hasValidCheckDigit, normaliseGtin } from "./gtin.ts";

describe("checkDigit", () => {
  it.each([
    // GS1's own examples (General Specifications and the syntax dictionary's lint_csum cases).
    ["0234567", 3],
    ["41600033610", 8],
    ["123456789012", 8],
    ["1234567890123", 1],
    ["12345678901234567", 5],
    ["0", 0],
    ["1", 7],
  ])("of %s is %i", (digits, expected) => {
    expect(checkDigit(digits)).toBe(expected);
    expect(hasValidCheckDigit(`${digits}${expected}`)).toBe(true);
    expect(hasValidCheckDigit(`${digits}${(expected + 1) % 10}`)).toBe(false);
  });

  it("is asked for digits only", () => {
    expect(() => checkDigit("12a")).toThrow("a check digit is made from digits");
    expect(hasValidCheckDigit("12a4")).toBe(false);
    expect(hasValidCheckDigit("")).toBe(false);
  });

  it("finds every single wrong digit and every swap of unequal neighbours but those 5 apart", () => {
    const code = "4006381333931";
    for (let at = 0; at < code.length; at++) {
      for (const digit of "0123456789") {
        if (digit === code.charAt(at)) continue;
        expect(hasValidCheckDigit(code.slice(0, at) + digit + code.slice(at + 1))).toBe(false);
      }
    }
    for (let at = 0; at + 1 < code.length; at++) {
      const [left, right] = [code.charAt(at), code.charAt(at + 1)];
      const difference = Math.abs(Number(left) - Number(right));
      if (difference === 0 || difference === 5) continue;
      const swapped = code.slice(0, at) + right + left + code.slice(at + 2);
      expect(hasValidCheckDigit(swapped)).toBe(false);
    }
  });
});

describe("normaliseGtin", () => {
  it.each([
    ["GTIN-8", "96385074", "00000096385074"],
    ["GTIN-12", "036000291452", "00036000291452"],
    ["GTIN-13", "4006381333931", "04006381333931"],
    ["GTIN-13 that is a UPC-A", "0036000291452", "00036000291452"],
    ["GTIN-14", "10614141000415", "10614141000415"],
    ["leading zeros", "0000000000017", "00000000000017"],
  ])("%s %s becomes %s", (_, code, expected) => {
    expect(normaliseGtin(code)).toBe(expected);
  });

  it.each(["", "4006381333932", "400638133393", "40063813339310", "4006381333931 ", "٤٠٠٦٣٨١٣"])(
    "refuses %j",
    (code) => {
      expect(normaliseGtin(code)).toBeNull();
    },
  );
});

describe("expandUpcE", () => {
  it.each([
    // One of each way of squeezing; the last digit of the six says which.
    ["04252614", "00042100005264"],
    ["01234505", "00012000003455"],
    ["01234514", "00012100003454"],
    ["01234531", "00012300000451"],
    ["01234543", "00012340000053"],
    ["01234558", "00012345000058"],
    ["01234565", "00012345000065"],
    ["06543217", "00065100004327"],
  ])("%s is %s", (code, expected) => {
    expect(expandUpcE(code)).toBe(expected);
    expect(hasValidCheckDigit(expected)).toBe(true);
  });

  it("takes the bare six digits too, in number system 0", () => {
    expect(expandUpcE("425261")).toBe("00042100005264");
  });

  it("refuses a wrong check digit, another number system, another length", () => {
    expect(expandUpcE("04252615")).toBeNull();
    expect(expandUpcE("24252614")).toBeNull();
    expect(expandUpcE("0425261")).toBeNull();
    expect(expandUpcE("0425261x")).toBeNull();
  });
});
