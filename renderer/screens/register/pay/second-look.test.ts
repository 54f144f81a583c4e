import { describe, expect, it } from "vitest";
import { needsSecondLook } from "./second-look.ts";

const cart = { dueMinor: 2_465, quickCashMinor: [2_465, 2_500, 3_000, 5_000] };

describe("[Second look] cash beyond what a hand gives", () => {
  it("lets notes pass", () => {
    for (const minor of [1, 2_465, 5_000, 20_000, 50_000]) {
      expect(needsSecondLook(minor, cart)).toBe(false);
    }
  });

  it("asks about what looks like a code", () => {
    for (const minor of [96_385_074, 999_999_999]) expect(needsSecondLook(minor, cart)).toBe(true);
  });

  it("lets a large sale be paid with a large amount", () => {
    expect(needsSecondLook(900_000_000, { dueMinor: 899_999_999, quickCashMinor: [] })).toBe(false);
  });
});
