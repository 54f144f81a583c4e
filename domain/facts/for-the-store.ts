import type { FactType } from "./fact.ts";

/**
 * [D1] What the other terminals of a store hear of. The rest (who signed in, what was voided) stays
 * between a terminal and its cloud.
 */
const storeTypes: ReadonlySet<FactType> = new Set([
  "terminal.enrolled",
  "sale.completed",
  "return.completed",
  "sale.suspended",
  "sale.recalled",
  "stock.counted",
  "stock.moved",
  "clock.measured",
  "shift.opened",
  "shift.closed",
  "exception.resolved",
]);

export function isForTheStore(type: FactType): boolean {
  return storeTypes.has(type);
}
