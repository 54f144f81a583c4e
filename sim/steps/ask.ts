import type { OperationName } from "../../host/contract/operations.ts";
import { must } from "../oracle/violation.ts";
import type { SimTill } from "../shop/till.ts";

/** Answers that no working till gives to a screen that asks as ours do. */
const never: ReadonlySet<string> = new Set(["Defect", "BadInput", "LedgerStopped"]);

/** What a person at a till gets: the answer, or null when it said no, or died. */
export async function ask<T = unknown>(
  till: SimTill,
  name: OperationName,
  input: object = {},
): Promise<T | null> {
  const result = await till.call(name, input);
  if (result === null) return null;
  if (result.ok) return result.value as T;
  const { failure } = result;
  must(!never.has(failure.type), "no-defects", () => {
    const defects = till.defects().join("\n");
    return `${till.name} answered ${name} with ${JSON.stringify(failure)}\n${defects}`;
  });
  return null;
}
