import type { AnyFact } from "../../domain/facts/fact.ts";
import { ok } from "../../domain/values/result.ts";
import type { MovementRow, StockRow } from "../../ledger/tables/stock.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import type { Query } from "../commands/command.ts";
import type { StockMovementView, StockView } from "../contract/views.ts";
import type { Till } from "../state/till.ts";
import { tillNumberOf } from "../views/receipt-view.ts";

const pageSize = 200;

export const listStock: Query<"stock.list"> = (till, input) => {
  const { text, oversoldOnly, sort, descending, limit, offset } = input;
  const { stock, search } = till.ledger;
  const count = limit ?? pageSize;
  const order = { by: sort ?? "name", descending: descending ?? false };
  if (oversoldOnly === true) return ok(stock.oversold(count).map((row) => stockView(till, row)));
  if (text === undefined || text.trim() === "") {
    return ok(stock.list(count, offset ?? 0, order).map((row) => stockView(till, row)));
  }
  return ok(
    search(text, count).flatMap((product) => {
      const row = stock.of(product.sku);
      return row === null ? [] : [stockView(till, row)];
    }),
  );
};

/** [C2] A good's level, and the count it goes by. */
export function stockView({ ledger }: Till, row: StockRow): StockView {
  const latest = ledger.stockCounts.latest(row.sku);
  if (latest === null) return { ...row, counted: null };
  const { mark, countedMilli, beforeMilli, isUncertain } = latest;
  return {
    ...row,
    counted: {
      ...{ countedAtMs: mark.at.atMs, countedMilli, isUncertain },
      varianceMilli: countedMilli - beforeMilli,
    },
  };
}

export const listMovements: Query<"stock.movements"> = (till, { sku, limit, offset }) =>
  ok(
    till.ledger.stock
      .movements(sku, limit ?? pageSize, offset ?? 0)
      .map((movement) => movementView(till, movement)),
  );

/** Every movement leads to the fact it was made from. */
function movementView(till: Till, movement: MovementRow): StockMovementView {
  const { atMs, deltaMilli, reason, source } = movement;
  const fact =
    source > 0
      ? till.ledger.journal.at(source)
      : source < 0
        ? parseBody(till.ledger.sync.storeFact(-source))
        : null;
  const sale =
    fact?.type === "sale.completed" || fact?.type === "return.completed" ? fact.payload : null;
  return {
    atMs,
    deltaMilli,
    reason,
    tillNumber: sale === null ? tillOf(till, fact) : tillNumberOf(sale.receiptNumber),
    receiptNumber: sale?.receiptNumber ?? null,
    saleId: sale?.saleId ?? null,
  };
}

function tillOf({ ledger }: Till, fact: AnyFact | null): number | null {
  return fact === null ? null : ledger.terminals.tillNumber(fact.terminalId);
}
