import { expect, it } from "vitest";
import { formatRate } from "./rate.ts";

it.each([
  [190_000, "en-GB", "19%"],
  [190_000, "de-DE", "19\u00a0%"],
  [88_750, "en-GB", "8.875%"],
  [0, "en-GB", "0%"],
  [170_000, "he-IL", "17%"],
  [5_000, "en-GB", "0.5%"],
])("%i parts per million in %s", (ratePpm, locale, text) => {
  expect(formatRate(ratePpm, locale)).toBe(text);
});
