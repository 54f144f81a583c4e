import type { ClockMeasured } from "../../domain/values/clock-reading.ts";
import type { Clock } from "../../domain/values/ports.ts";
import { must } from "./violation.ts";

/** Clocks of simulated days drift by twice what a till reckons with (100 millionths), while minutes pass. */
const toleranceMs = 100;

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
