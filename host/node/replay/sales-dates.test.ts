import { describe, expect, it } from "vitest";
import { createWallClock, dateOrderOf, readWallTime } from "./sales-dates.ts";

const at0826 = { date: "2010-12-01", secondOfDay: 8 * 3600 + 26 * 60 };

describe("readWallTime", () => {
  it.each([
    "2010-12-01 08:26:00",
    "2010-12-01T08:26:00",
    "2010-12-01 08:26",
    "2010-12-01 8:26",
    "2010/12/01 08:26:00.000",
    "01.12.2010 08:26",
    "1.12.2010 8:26:00",
    "2010-12-01 8:26 AM",
  ])("reads %s", (text) => {
    expect(readWallTime(text, null)).toEqual({ ok: true, value: at0826 });
  });

  it("reads strokes by the order it is told", () => {
    expect(readWallTime("01/12/2010 08:26", "day-first")).toEqual({ ok: true, value: at0826 });
    expect(readWallTime("12/1/2010 8:26", "month-first")).toEqual({ ok: true, value: at0826 });
    expect(readWallTime("12/1/2010 8:26", null)).toEqual({ ok: false, failure: "two-ways" });
    expect(readWallTime("31/12/2010 00:00", null)).toMatchObject({ value: { date: "2010-12-31" } });
    expect(readWallTime("31/12/2010", "month-first")).toMatchObject({ failure: "not-a-date" });
  });

  it("takes a date without a time as midnight, and 12 PM as noon", () => {
    expect(readWallTime("2010-12-01", null)).toMatchObject({ value: { secondOfDay: 0 } });
    expect(readWallTime("2010-12-01 12:05 PM", null)).toMatchObject({
      value: { secondOfDay: 12 * 3600 + 300 },
    });
    expect(readWallTime("2010-12-01 12:05 am", null)).toMatchObject({
      value: { secondOfDay: 300 },
    });
  });

  it.each([
    "",
    "yesterday",
    "2010-13-01 08:26",
    "2010-02-30",
    "2010-12-01 24:00",
    "2010-12-01 08:60",
    "2010-12-01 13:00 PM",
    "1.12.10 08:26",
    "40513.35",
    "1899-12-31",
  ])("does not guess what %s means", (text) => {
    expect(readWallTime(text, "day-first")).toEqual({ ok: false, failure: "not-a-date" });
  });
});

it("tells the order of strokes only where one number can be no month", () => {
  expect(dateOrderOf("13/12/2010 08:26")).toBe("day-first");
  expect(dateOrderOf("12/13/2010 08:26")).toBe("month-first");
  expect(dateOrderOf("12/12/2010 08:26")).toBeNull();
  expect(dateOrderOf("2010-12-13")).toBeNull();
});

describe("createWallClock", () => {
  const hamburg = createWallClock("Europe/Berlin");
  const wall = (date: string, hour: number) => ({ date, secondOfDay: hour * 3600 });
  const iso = (atMs: number) => new Date(atMs).toISOString();

  it("follows the store's clock in winter and in summer", () => {
    expect(iso(hamburg(wall("2010-12-01", 8)))).toBe("2010-12-01T07:00:00.000Z");
    expect(iso(hamburg(wall("2011-07-01", 8)))).toBe("2011-07-01T06:00:00.000Z");
    expect(iso(createWallClock("Asia/Kolkata")(wall("2011-07-01", 8)))).toBe(
      "2011-07-01T02:30:00.000Z",
    );
  });

  it("reads an hour that summer time skips as the next, and of a doubled one the first", () => {
    expect(iso(hamburg(wall("2011-03-27", 2)))).toBe("2011-03-27T01:00:00.000Z");
    expect(iso(hamburg(wall("2011-10-30", 2)))).toBe("2011-10-30T00:00:00.000Z");
  });
});
