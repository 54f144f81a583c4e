import type { AnyFact, Fact } from "../../domain/facts/fact.ts";
import { type Decision, decisionOf } from "../../domain/stock/decision.ts";
import { statesStock } from "../../domain/stock/movement.ts";

/** [C1] [C2] What a fact says of stock besides its movements. */
export type StockWord =
  /** Of the goods that it moves it says how much there is. */
  | { readonly kind: "stated" }
  | { readonly kind: "counted"; readonly fact: Fact<"stock.counted"> }
  | { readonly kind: "measured"; readonly fact: Fact<"clock.measured"> }
  | { readonly kind: "decided"; readonly decision: Decision };

export function stockWordOf(fact: AnyFact): StockWord | null {
  switch (fact.type) {
    case "stock.counted":
      return { kind: "counted", fact };
    case "clock.measured":
      return { kind: "measured", fact };
    case "exception.resolved": {
      const decision = decisionOf(fact);
      return decision === null ? null : { kind: "decided", decision };
    }
    default:
      return statesStock(fact) ? { kind: "stated" } : null;
  }
}
