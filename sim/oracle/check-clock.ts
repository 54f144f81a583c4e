import type { ClockMeasured } from "../../domain/values/clock-reading.ts";
import type { Clock } from "../../domain/values/ports.ts";
import { must } from "./violation.ts";

/** Both clocks tell whole milliseconds, and a till's runs fast or slow while it waits for an answer. */
const toleranceMs = 20;

/** [L1] What a till just wrote of its clock: the true difference lies within what it claims. */
export function checkClock(
  { skewMs, uncertaintyMs }: ClockMeasured,
  clocks: { readonly till: Clock; readonly cloud: Clock },
): void {
  const trueMs = clocks.cloud.now() - clocks.till.now();
  const isWithin = Math.abs(trueMs - skewMs) <= uncertaintyMs + toleranceMs;
  must(isWithin, "clocks", () => {
    return `a till measured ${skewMs} ± ${uncertaintyMs} ms to the cloud's clock, and it is ${trueMs}`;
  });
}
