import { describe, expect, it } from "vitest";
import { localTime } from "./time.ts";

describe("localTime", () => {
  it("follows the store's own clock over midnight and summer time", () => {
    const at = (iso: string) => Date.parse(iso);
    expect(localTime(at("2026-11-22T23:30:00Z"), "Europe/Berlin")).toEqual({
      date: "2026-11-23",
      hour: 0,
    });
    expect(localTime(at("2026-07-01T22:30:00Z"), "Europe/Berlin")).toEqual({
      date: "2026-07-02",
      hour: 0,
    });
    expect(localTime(at("2026-11-23T01:00:00Z"), "America/New_York")).toEqual({
      date: "2026-11-22",
      hour: 20,
    });
  });
});
