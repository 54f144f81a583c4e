import { describe, expect, it } from "vitest";
import type { KeypadKey } from "./keypad.tsx";
import { typeDigits } from "./type-digits.ts";

const most = 999_999_999;
const typed = (keys: string) =>
  Array.from(keys).reduce((value, key) => typeDigits(value, key as KeypadKey, most), 0);

describe("digits on a pad", () => {
  it("come in from the right: 1 0 5 0 is 10.50", () => {
    expect(typed("1050")).toBe(1_050);
    expect(typeDigits(25, "00", most)).toBe(2_500);
    expect(typeDigits(1_050, "erase", most)).toBe(105);
    expect(typeDigits(0, "erase", most)).toBe(0);
  });

  it("that do not fit are a code, and no part of it is money", () => {
    expect(typed("999999999")).toBe(999_999_999);
    expect(typed("9999999990")).toBe(0);
    expect(typed("4006381333931")).toBeLessThan(10_000);
  });
});
