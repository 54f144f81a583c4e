import type { Product } from "../../domain/catalogue/product.ts";
import type { MoveReason } from "../../domain/stock/stock-facts.ts";
import { unreachable } from "../../domain/values/assert.ts";
import { failed, ok, type Result } from "../../domain/values/result.ts";
import type { StockMovedView } from "../contract/stock-views.ts";
import { record, signedIn, type Till } from "../state/till.ts";
import type { Command } from "./command.ts";

/** Goods that came in. */
export const receiveStock: Command<"stock.receive"> = (till, { lines, note }) => {
  if (signedIn(till) === null) return failed({ type: "NotSignedIn" });
  const moved = lines.map(({ sku, quantityMilli }) => ({ sku, deltaMilli: quantityMilli }));
  return move(till, { reason: "receiving", lines: moved, note });
};

/** Goods that went otherwise than by a sale, or a level put right: a manager's word. */
export const adjustStock: Command<"stock.adjust"> = (till, { reason, lines, note }) => {
  const person = signedIn(till);
  if (person === null) return failed({ type: "NotSignedIn" });
  if (person.role !== "manager") return failed({ type: "ManagerNeeded" });
  const wrong = lines.find(({ deltaMilli }) => !fits(reason, deltaMilli));
  if (wrong !== undefined) return failed({ type: "WrongSign", sku: wrong.sku });
  return move(till, { reason, lines, note });
};

function fits(reason: MoveReason, deltaMilli: number): boolean {
  switch (reason) {
    case "receiving":
    case "transfer-in":
      return deltaMilli > 0;
    case "waste":
    case "transfer-out":
      return deltaMilli < 0;
    case "adjustment":
      return true;
    default:
      return unreachable(reason);
  }
}

interface Move {
  readonly reason: MoveReason;
  readonly lines: readonly { readonly sku: string; readonly deltaMilli: number }[];
  readonly note: string | undefined;
}

function move(till: Till, { reason, lines, note }: Move) {
  const found = productsOf(till, lines);
  if (!found.ok) return found;
  record(till, "stock.moved", { reason, lines, ...(note === undefined ? {} : { note }) });
  const view: StockMovedView = {
    lines: lines.map(({ sku, deltaMilli }, i) => ({
      sku,
      name: found.value[i]?.name ?? sku,
      unit: found.value[i]?.unit ?? "each",
      deltaMilli,
      stockMilli: till.ledger.stock.levelMilli(sku),
    })),
  };
  return ok(view);
}

/** The goods that the lines speak of, in their order. */
export function productsOf(
  { ledger }: Till,
  lines: readonly { readonly sku: string }[],
): Result<readonly Product[], { readonly type: "UnknownProduct"; readonly sku: string }> {
  const products: Product[] = [];
  for (const { sku } of lines) {
    const product = ledger.catalogue.bySku(sku);
    if (product === null) return failed({ type: "UnknownProduct", sku });
    products.push(product);
  }
  return ok(products);
}
