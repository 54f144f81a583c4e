import { describe, expect, it } from "vitest";
import { formatAge, formatBusinessDate } from "./moments.ts";

describe("ages", () => {
  it.each([
    [-5_000, "0 mins"],
    [245_000, "4 mins"],
    [3_600_000, "1 hr"],
    [47 * 3_600_000, "47 hrs"],
    [72 * 3_600_000, "3 days"],
  ])("%d ms ago is %s", (ms, text) => {
    expect(formatAge(ms, "en-GB")).toBe(text);
  });
});

describe("business dates", () => {
  it("are the day that was given, in whatever zone the screen stands", () => {
    expect(formatBusinessDate("2026-11-23", "en-GB")).toContain("23 Nov 2026");
  });
});
