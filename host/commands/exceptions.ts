import { isResolutionOf, type Resolution } from "../../domain/exceptions/exception-kinds.ts";
import { present } from "../../domain/values/assert.ts";
import { failed, ok } from "../../domain/values/result.ts";
import type { ExceptionRow } from "../../ledger/tables/exceptions.ts";
import { exceptionDetailOf } from "../../sync/protocol/exceptions.ts";
import { record, type Till } from "../state/till.ts";
import { exceptionView } from "../views/exception-view.ts";
import { parkedViews } from "../views/parked-view.ts";
import { type Command, managerNeeded } from "./command.ts";

/** A manager's answer to an exception: a fact, so that it works offline and everybody learns whose it is. */
export const resolveException: Command<"exceptions.resolve"> = (
  till,
  { exceptionId, resolution, note },
) => {
  const problem = managerNeeded(till);
  if (problem !== null) return failed(problem);
  const { exceptions } = till.ledger;
  const row = exceptions.get(exceptionId);
  if (row === null) return failed({ type: "UnknownException" });
  if (row.resolved !== undefined) return failed({ type: "AlreadyResolved" });
  if (!isResolutionOf(row.kind, resolution)) return failed({ type: "NotAResolution", resolution });
  answer(till, row, resolution, note);
  return ok(exceptionView(till, present(exceptions.get(exceptionId), "the exception resolved")));
};

/** [U8] Asks the cloud to judge all that is parked once more. */
export const retryParked: Command<"parked.retry"> = (till) => {
  const problem = managerNeeded(till);
  if (problem !== null) return failed(problem);
  const filter = { kind: "parked", offset: 0 };
  const { exceptions } = till.ledger;
  const open = exceptions.list({ ...filter, withResolved: false, limit: 1_000 });
  // What was only seen is parked still: one word suffices, for the cloud judges all of it.
  const asked =
    open.length > 0 ? open : exceptions.list({ ...filter, withResolved: true, limit: 1 });
  const retry: Resolution = "retry";
  for (const row of asked) answer(till, row, retry);
  return ok(parkedViews(till));
};

function answer(
  till: Till,
  { exceptionId, kind, subject, detail }: ExceptionRow,
  resolution: string,
  note?: string,
): void {
  const told = exceptionDetailOf(kind, detail);
  record(till, "exception.resolved", {
    ...{ exceptionId, kind, subject, resolution },
    // [C2] The answer is about what was told: a movement that comes later asks anew.
    ...(told?.kind === "count-uncertain" ? { through: placeOf(told.detail.movement) } : {}),
    // [C3] Whoever changed what stands meanwhile is not overwritten unseen.
    ...(told?.kind === "edit-conflict" ? { base: told.detail.kept.version } : {}),
    ...(note === undefined ? {} : { note }),
  });
  // After the commit.
  queueMicrotask(() => till.emit({ topic: "changed", message: { what: "exceptions" } }));
}

function placeOf({ epoch, seq }: { readonly epoch: number; readonly seq: number }) {
  return { epoch, seq };
}
