import type { Result } from "../../domain/values/result.ts";
import type { OfficeLine } from "../../sync/protocol/office.ts";
import type { Failure, Input, OperationName, Output } from "../contract/operations.ts";
import type { Till } from "../state/till.ts";

/**
 * A question that the ledger alone cannot answer: it asks the cloud, writes nothing, and needs no id.
 * Selling never waits for one.
 */
export type Ask<N extends OperationName> = (
  till: Till,
  input: Input<N>,
) => Promise<Result<Output<N>, Failure<N>>>;

/** The cloud's answer; null when there is no line or no answer, which is weather and not an error. */
export async function askCloud<T>(
  till: Till,
  question: (line: OfficeLine) => Promise<T>,
): Promise<T | null> {
  const line = till.world.office ?? null;
  if (line === null) return null;
  try {
    return await question(line);
  } catch (error) {
    till.world.log.warn("office.unanswered", { why: String(error) });
    return null;
  }
}
