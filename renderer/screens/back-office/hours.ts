import type { TodayView } from "../../../host/contract/views.ts";

type Hour = TodayView["salesByHour"][number];

/** A shop's usual day is always shown, so that the picture does not jump with the first sale of an hour. */
const usualDay = { first: 8, last: 19 };

/** The hours from the first to the last that anything was sold in, and at least a usual day. */
export function shownHours(hours: readonly Hour[]): readonly Hour[] {
  const sold = hours.filter((each) => each.sales > 0).map((each) => each.hour);
  const first = Math.min(usualDay.first, ...sold);
  const last = Math.max(usualDay.last, ...sold);
  return hours.filter(({ hour }) => hour >= first && hour <= last);
}

/** Heights in whole percent of the tallest; an hour that gave more back than it sold has none. */
export function barHeights(totals: readonly number[]): number[] {
  const tallest = Math.max(1, ...totals);
  return totals.map((total) => Math.max(0, Math.round((total * 100) / tallest)));
}
