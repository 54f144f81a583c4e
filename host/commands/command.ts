import { failed, type Result } from "../../domain/values/result.ts";
import type { Failure, Input, OperationName, Output } from "../contract/operations.ts";
import type { ShiftRow } from "../../ledger/tables/shifts.ts";
import { signedIn, type Till } from "../state/till.ts";

/**
 * A command: decides and writes, inside one ledger transaction that the dispatcher opened and that
 * also keeps the command's id. What it answers with a failure it must not have written anything for.
 */
export type Command<N extends OperationName> = (
  till: Till,
  input: Input<N>,
) => Result<Output<N>, Failure<N>>;

/** A question: reads only, no id needed. */
export type Query<N extends OperationName> = (
  till: Till,
  input: Input<N>,
) => Result<Output<N>, Failure<N>>;

/** Nobody sells without being signed in and having a shift open. */
export function notSelling(
  till: Till,
): { readonly type: "NotSignedIn" } | { readonly type: "NoShift" } | null {
  if (signedIn(till) === null) return { type: "NotSignedIn" };
  if (till.shift === null) return { type: "NoShift" };
  return null;
}

/** The open shift, once `notSelling` has said nothing. */
export function sellingShift(till: Till): Result<ShiftRow, { type: "NotSignedIn" | "NoShift" }> {
  const problem = notSelling(till);
  if (problem !== null) return failed(problem);
  return till.shift === null ? failed({ type: "NoShift" }) : { ok: true, value: till.shift };
}

export { saleIsOpen } from "../state/till.ts";

/** What only a manager may do. */
export function managerNeeded(
  till: Till,
): { readonly type: "NotSignedIn" } | { readonly type: "ManagerNeeded" } | null {
  const person = signedIn(till);
  if (person === null) return { type: "NotSignedIn" };
  return person.role === "manager" ? null : { type: "ManagerNeeded" };
}
