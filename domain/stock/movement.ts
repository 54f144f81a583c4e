import type { AnyFact } from "../facts/fact.ts";

/** A signed change of one good's stock at one store, in thousandths of its unit. */
export interface StockMovement {
  readonly sku: string;
  readonly deltaMilli: number;
}

/**
 * [C1] The movements a fact causes: the one reducer that the ledger, the cloud and the simulator fold.
 * A level is the sum of these over the *set* of facts, so the order they arrive in does not matter.
 */
export function movementsOf(fact: Pick<AnyFact, "type" | "payload">): readonly StockMovement[] {
  const { type, payload } = fact as AnyFact;
  if (type !== "sale.completed" && type !== "return.completed") return [];
  const bySku = new Map<string, number>();
  for (const line of payload.lines) {
    if (line.sku === null) continue;
    bySku.set(line.sku, (bySku.get(line.sku) ?? 0) - line.quantityMilli);
  }
  return [...bySku]
    .filter(([, deltaMilli]) => deltaMilli !== 0)
    .map(([sku, deltaMilli]) => ({ sku, deltaMilli }));
}
