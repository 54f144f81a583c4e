import { describe, expect, it } from "vitest";
import { aiCount, aiShape, leadingAi } from "./gs1-ai-table.ts";
import { expandDate, parseBracketed, parseElementString } from "./gs1-elements.ts";
import { scaleTo, tradeItemOf } from "./gs1-trade-item.ts";

const gs = "\u001d";
const told = (text: string) => {
  const parsed = parseElementString(text);
  return parsed.ok
    ? parsed.value.map(({ ai, data }) => `(${ai})${data}`).join("")
    : `${parsed.failure.why} at ${parsed.failure.at}`;
};

describe("the table of Application Identifiers", () => {
  it("knows every AI of GS1's dictionary, ranges counted one by one", () => {
    // Counted in the dictionary by itself: 224 lines, their ranges spelt out.
    expect(aiCount).toBe(541);
    expect(aiShape("3103")).toMatchObject({ predefinedLength: true });
    expect(aiShape("3106")).toBeNull();
    expect(aiShape("04")).toBeNull();
  });

  it("reads two-, three- and four-digit AIs from the front, never two at once", () => {
    expect(leadingAi("0195…")?.ai).toBe("01");
    expect(leadingAi("235ABC")?.ai).toBe("235");
    expect(leadingAi("3103000")?.ai).toBe("3103");
    expect(leadingAi("1")).toBeNull();
    for (let i = 0; i < 10_000; i++) {
      const four = String(i).padStart(4, "0");
      const known = [2, 3, 4].filter((length) => aiShape(four.slice(0, length)) !== null);
      expect(known.length).toBeLessThan(2);
    }
  });
});

describe("parseElementString", () => {
  it.each([
    ["0109506000134352", "(01)09506000134352"],
    [`${gs}0109506000134352`, "(01)09506000134352"],
    [`0109506000134352${gs}`, "(01)09506000134352"],
    [`10ABC${gs}3922995`, "(10)ABC(3922)995"],
    ["310300072510A", "(3103)000725(10)A"],
    // A separator where the length already said it all: readers send it, the standard allows it.
    [`3103000725${gs}10A`, "(3103)000725(10)A"],
    ["", "length at "],
    [gs, "length at "],
    ["04123", "characters at 0412"],
    ["0109506000134353", "check-digit at 01"],
    ["01095060001343", "length at 01"],
    ["10", "length at 10"],
    ["10ABCDEFGHIJKLMNOPQRSTU", "length at 10"],
    ["10AB C", "characters at 10"],
    ["310300072A", "characters at 3103"],
    ["17260231", "characters at 17"],
    [`10A${gs}${gs}21B`, "characters at \u001d21B"],
  ])("%j", (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it("reads brackets as people write them", () => {
    expect(parseBracketed("(01)09506000134352(10)A\\(1)")).toEqual({
      ok: true,
      value: [
        { ai: "01", data: "09506000134352" },
        { ai: "10", data: "A(1)" },
      ],
    });
    expect(parseBracketed("(10)")).toMatchObject({ ok: false });
    expect(parseBracketed("10)A")).toMatchObject({ ok: false });
    expect(parseBracketed("")).toMatchObject({ ok: false, failure: { why: "length" } });
  });
});

describe("tradeItemOf", () => {
  const money = { currencyDecimals: 2, currencyNumeric: "978" };
  const item = (ai: string, data: string, rules = money) => tradeItemOf([{ ai, data }], rules);

  it.each([
    ["3100", "000007", 7_000],
    ["3103", "000725", 725],
    ["3105", "012345", 123],
    ["3105", "012350", 124],
    ["3202", "000100", 454],
  ])("weight %s %s is %i thousandths of a kilogram", (ai, data, expected) => {
    expect(item(ai, data).weightMilli).toBe(expected);
  });

  it.each([
    ["3922", "995", 995],
    ["3920", "12", 1_200],
    ["3923", "12345", 1_235],
    ["3932", "978995", 995],
    ["3932", "840995", null],
    ["3920", "999999999999999", null],
  ])("price %s %s is %s minor units", (ai, data, expected) => {
    expect(item(ai, data).priceMinor).toBe(expected);
  });

  it("in a currency without decimals", () => {
    const yen = { currencyDecimals: 0, currencyNumeric: "392" };
    expect(item("3920", "1980", yen).priceMinor).toBe(1_980);
  });

  it("a named currency is not taken when the store has not said its own", () => {
    expect(tradeItemOf([{ ai: "3932", data: "978995" }], { currencyDecimals: 2 }).priceMinor).toBe(
      null,
    );
  });

  it("scales exactly, half a unit away from zero", () => {
    expect(scaleTo("15", 1, 0)).toBe(2);
    expect(scaleTo("000000000000000000001", 0, 3)).toBe(1_000);
    expect(scaleTo("1234567890123", 0, 2)).toBeNull();
  });
});

describe("expandDate", () => {
  it.each([
    ["260731", "2026-07-31"],
    ["260700", "2026-07-31"],
    ["240200", "2024-02-29"],
    ["230229", null],
    ["261301", null],
    ["260632", null],
    ["26073", null],
    ["26073A", null],
  ])("%s is %s", (yymmdd, expected) => {
    expect(expandDate(yymmdd)).toBe(expected);
  });
});
