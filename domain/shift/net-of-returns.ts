import { assertInteger } from "../values/assert.ts";
import type { ShiftTotals } from "./z-report.ts";

/** What was sold less what came back, in minor units; `returnsMinor` is negative by definition. */
export function netOfReturnsMinor(
  totals: Pick<ShiftTotals, "grossMinor" | "returnsMinor">,
): number {
  return assertInteger(totals.grossMinor + totals.returnsMinor, "sales less returns");
}
