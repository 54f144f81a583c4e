import { failed, ok } from "../../domain/values/result.ts";
import { record, signedIn, type Till } from "../state/till.ts";
import { cloudNow } from "../state/cloud-now.ts";
import type { Command } from "./command.ts";
import { productsOf } from "./stock.ts";

/**
 * [C2] A count says what lies on the shelf, and what this till knew when it was looked at: by that
 * everybody tells which movements were in it. Two lines of one good (two shelves) are added up.
 */
export const countStock: Command<"stock.count"> = (till, { lines }) => {
  if (signedIn(till) === null) return failed({ type: "NotSignedIn" });
  const bySku = new Map<string, number>();
  for (const { sku, countedMilli } of lines) {
    bySku.set(sku, (bySku.get(sku) ?? 0) + countedMilli);
  }
  const counted = [...bySku].map(([sku, countedMilli]) => ({ sku, countedMilli }));
  const found = productsOf(till, counted);
  if (!found.ok) return found;
  const { stock, stockCounts } = till.ledger;
  const expected = new Map(counted.map(({ sku }) => [sku, stock.levelMilli(sku)]));
  const { fact } = record(till, "stock.counted", {
    lines: counted.map((line) => ({
      ...line,
      expectedMilli: expected.get(line.sku) ?? 0,
      ...storeAt(till, line.sku),
    })),
    countedAtMs: Math.max(cloudNow(till).atMs, stockCounts.newestAtMs([...bySku.keys()]) + 1),
    applied: stockCounts.applied(till.terminal.terminalId),
  });
  return ok({
    countId: fact.id,
    countedAtMs: fact.atMs,
    lines: counted.map(({ sku, countedMilli }, i) => ({
      sku,
      name: found.value[i]?.name ?? sku,
      unit: found.value[i]?.unit ?? "each",
      countedMilli,
      beforeMilli: expected.get(sku) ?? 0,
      varianceMilli: countedMilli - (expected.get(sku) ?? 0),
    })),
  });
};

function storeAt({ ledger }: Till, sku: string): { readonly storeAtMs?: number } {
  const storeAtMs = ledger.stockCounts.storeAtMs(sku);
  return storeAtMs === null ? {} : { storeAtMs };
}
