import { describe, expect, it } from "vitest";
import { quantityOf } from "./entry-store.ts";

describe("a typed quantity", () => {
  it.each([
    ["6", 6_000],
    ["0.846", 846],
    ["0,5", 500],
    ["9999", 9_999_000],
    [" 2 ", 2_000],
  ])("%s is %d thousandths", (text, milli) => {
    expect(quantityOf(text)).toBe(milli);
  });

  it.each(["", "0", "0.000", "10000", "9999.5", "4006381333931", "1.2345", "-1", "bread", "1e3"])(
    "%s is none",
    (text) => {
      expect(quantityOf(text)).toBeNull();
    },
  );
});
