import type { AnyFact } from "../facts/fact.ts";

/** A signed change of one good's stock at one store, in thousandths of its unit. */
export interface StockMovement {
  readonly sku: string;
  readonly deltaMilli: number;
}

/**
 * [C1] The movements a fact causes: the one reducer that the ledger, the cloud and the simulation fold.
 * One a good, none of nothing. A count is none: it says where movements begin to count ([C2]).
 */
export function movementsOf(fact: Pick<AnyFact, "type" | "payload">): readonly StockMovement[] {
  const { type, payload } = fact as AnyFact;
  switch (type) {
    case "sale.completed":
    case "return.completed":
      return summed(payload.lines, ({ quantityMilli }) => -quantityMilli);
    case "stock.moved":
      return summed(payload.lines, ({ deltaMilli }) => deltaMilli);
    default:
      return [];
  }
}

function summed<L extends { readonly sku: string | null }>(
  lines: readonly L[],
  deltaOf: (line: L) => number,
): StockMovement[] {
  const bySku = new Map<string, number>();
  for (const line of lines) {
    if (line.sku === null) continue;
    bySku.set(line.sku, (bySku.get(line.sku) ?? 0) + deltaOf(line));
  }
  return [...bySku]
    .filter(([, deltaMilli]) => deltaMilli !== 0)
    .map(([sku, deltaMilli]) => ({ sku, deltaMilli }));
}

/** [C1] Whether the fact states how much of its goods there is, so that less than nothing is news. */
export function statesStock({ type }: Pick<AnyFact, "type">): boolean {
  return type === "stock.moved" || type === "stock.counted";
}
