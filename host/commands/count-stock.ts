import { failed, ok } from "../../domain/values/result.ts";
import { record, signedIn } from "../state/till.ts";
import type { Command } from "./command.ts";
import { productsOf } from "./stock.ts";

/** [C2] A count says what lies on the shelf, and what this till knew when it was looked at. */
export const countStock: Command<"stock.count"> = (till, { lines }) => {
  if (signedIn(till) === null) return failed({ type: "NotSignedIn" });
  const bySku = new Map<string, number>();
  for (const { sku, countedMilli } of lines) {
    bySku.set(sku, (bySku.get(sku) ?? 0) + countedMilli);
  }
  const counted = [...bySku].map(([sku, countedMilli]) => ({ sku, countedMilli }));
  const found = productsOf(till, counted);
  if (!found.ok) return found;
  const { stock } = till.ledger;
  const before = counted.map(({ sku }) => stock.levelMilli(sku));
  const countedAtMs = till.world.clock.now();
  const { fact } = record(till, "stock.counted", {
    lines: counted.map((line, i) => ({ ...line, expectedMilli: before[i] ?? 0 })),
    countedAtMs,
    applied: [],
  });
  return ok({
    countId: fact.id,
    countedAtMs,
    lines: counted.map(({ sku, countedMilli }, i) => ({
      sku,
      name: found.value[i]?.name ?? sku,
      unit: found.value[i]?.unit ?? "each",
      countedMilli,
      beforeMilli: before[i] ?? 0,
      varianceMilli: countedMilli - (before[i] ?? 0),
    })),
  });
};
