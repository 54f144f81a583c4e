import { expect, it } from "vitest";
import { barHeights, shownHours } from "./hours.ts";

const day = (sold: Readonly<Record<number, number>>) =>
  Array.from({ length: 24 }, (_, hour) => {
    const totalMinor = sold[hour] ?? 0;
    return { hour, totalMinor, sales: totalMinor === 0 ? 0 : 1 };
  });

it("a quiet day shows the usual hours", () => {
  const hours = shownHours(day({})).map((each) => each.hour);
  expect([hours[0], hours.at(-1), hours.length]).toEqual([8, 19, 12]);
});

it("early and late sales widen the picture", () => {
  const hours = shownHours(day({ 6: 100, 23: 50 })).map((each) => each.hour);
  expect([hours[0], hours.at(-1)]).toEqual([6, 23]);
});

it("heights are percent of the tallest, and a negative hour has none", () => {
  expect(barHeights([200, 50, 0, -300])).toEqual([100, 25, 0, 0]);
  expect(barHeights([0, 0])).toEqual([0, 0]);
});
