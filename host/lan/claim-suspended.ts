import { failed, type Result } from "../../domain/values/result.ts";
import { cannotRecall } from "../commands/suspend.ts";
import type { Failure } from "../contract/operations.ts";
import { inputs } from "../contract/inputs.ts";
import type { Till } from "../state/till.ts";

/**
 * [H4] Before a suspended sale is taken back the hub is asked, which gives it to whoever asks first. Without a
 * hub's answer the sale goes on: nothing stops a cashier, and two that took the same one are told afterwards.
 */
export async function takenElsewhere(
  till: Till,
  input: unknown,
): Promise<Result<never, Failure<"cart.recall">> | null> {
  const parsed = inputs["cart.recall"].safeParse(input);
  const { network } = till.world;
  if (!parsed.success || network === undefined || network === null) return null;
  const { suspensionId } = parsed.data;
  // Who cannot take it must not be given it: nobody else could then.
  if (cannotRecall(till, suspensionId) !== null) return null;
  const holder = await network.claim(suspensionId);
  if (holder === null || holder === till.terminal.terminalId) return null;
  return failed({ type: "TakenElsewhere" });
}
