import { expect, it } from "vitest";
import { isoMoment } from "./iso-moment.ts";

it.each([
  ["UTC", "2026-11-23 13:37:05"],
  ["Europe/Berlin", "2026-11-23 14:37:05"],
  ["Asia/Jerusalem", "2026-11-23 15:37:05"],
])("a moment by the clock of %s", (timeZone, text) => {
  expect(isoMoment(Date.UTC(2026, 10, 23, 13, 37, 5), timeZone)).toBe(text);
});
