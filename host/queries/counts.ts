import { subjectOf } from "../../domain/stock/decision.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { ok } from "../../domain/values/result.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import type { StockCountRow, UncertainRow } from "../../ledger/tables/stock-counts.ts";
import type { Query } from "../commands/command.ts";
import type {
  StockCountRowView,
  UncertainCountView,
  UncertainMovementView,
} from "../contract/stock-views.ts";
import { nameOf, type Till } from "../state/till.ts";

const pageSize = 200;

/** [C2] What was counted, newest first. */
export const listCounts: Query<"stock.counts"> = (till, { sku, limit, offset }) =>
  ok(
    till.ledger.stockCounts
      .list(sku ?? null, limit ?? pageSize, offset ?? 0)
      .map((row) => countView(till, row)),
  );

/** [C2] Where a person may know what no clock can tell. */
export const listUncertain: Query<"stock.uncertain"> = (till, { sku }) => {
  const bySku = Map.groupBy(till.ledger.stockCounts.uncertain(sku ?? null), (row) => row.sku);
  return ok([...bySku].flatMap(([good, rows]) => uncertainView(till, good, rows) ?? []));
};

function countView(till: Till, row: StockCountRow): StockCountRowView {
  const { sku, mark, countedMilli, beforeMilli, expectedMilli, isLatest } = row;
  return {
    ...goodView(till, sku),
    ...{ countId: mark.countId, countedAtMs: mark.at.atMs, countedMilli, beforeMilli, isLatest },
    varianceMilli: countedMilli - beforeMilli,
    by: nameOf(till, factAt(till, row.source)?.actorId),
    tillNumber: till.ledger.terminals.tillNumber(mark.terminalId),
    expectedMilli: expectedMilli ?? beforeMilli,
  };
}

function uncertainView(
  till: Till,
  sku: string,
  rows: readonly UncertainRow[],
): UncertainCountView | null {
  const { stock, stockCounts } = till.ledger;
  const latest = stockCounts.latest(sku);
  if (latest === null) return null;
  const stockMilli = stock.levelMilli(sku);
  const { mark, countedMilli, source } = latest;
  return {
    ...goodView(till, sku),
    ...{ countId: mark.countId, countedMilli, countedAtMs: mark.at.atMs, stockMilli },
    countedBy: nameOf(till, factAt(till, source)?.actorId),
    ifBeforeMilli: rows.reduce((milli, { deltaMilli }) => milli - deltaMilli, stockMilli),
    movements: rows.map((row) => movementView(till, latest, row)),
  };
}

function movementView(
  till: Till,
  { mark }: StockCountRow,
  { sku, place, at, deltaMilli, source }: UncertainRow,
): UncertainMovementView {
  const fact = factAt(till, source);
  const { terminalId } = place;
  const isMeasured = at.uncertaintyMs !== null && mark.at.uncertaintyMs !== null;
  const isSale = fact?.type === "sale.completed" || fact?.type === "return.completed";
  return {
    subject: subjectOf({ countId: mark.countId, terminalId, sku }),
    atMs: at.atMs,
    uncertaintyMs: isMeasured ? (at.uncertaintyMs ?? 0) + (mark.at.uncertaintyMs ?? 0) : null,
    deltaMilli,
    tillNumber: till.ledger.terminals.tillNumber(terminalId),
    receiptNumber: isSale ? fact.payload.receiptNumber : null,
  };
}

function goodView({ ledger }: Till, sku: string) {
  const product = ledger.catalogue.bySku(sku);
  return { sku, name: product?.name ?? sku, unit: product?.unit ?? ("each" as const) };
}

/** The fact a row was made from; null for what only a snapshot or the store told. */
function factAt({ ledger }: Till, source: number): AnyFact | null {
  if (source > 0) return ledger.journal.at(source);
  return source < 0 ? parseBody(ledger.sync.storeFact(-source)) : null;
}
