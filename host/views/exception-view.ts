import { type AnyExceptionDetail, removedBy } from "../../domain/exceptions/exception-details.ts";
import {
  isExceptionKind,
  type Resolution,
  resolutionsOf,
} from "../../domain/exceptions/exception-kinds.ts";
import type { ExceptionRow } from "../../ledger/tables/exceptions.ts";
import { exceptionDetailOf } from "../../sync/protocol/exceptions.ts";
import type { ExceptionView } from "../contract/exception-views.ts";
import type { Till } from "../state/till.ts";

/** What the cloud raised, with the names that this till knows for the ids in it. */
export function exceptionView(till: Till, row: ExceptionRow): ExceptionView {
  const { exceptionId, subject, times, firstAtMs, lastAtMs, resolved, isTold } = row;
  const told = exceptionDetailOf(row.kind, row.detail);
  const offered = offeredFor(row.kind, told);
  const head = {
    ...{ exceptionId, subject, times, firstAtMs, lastAtMs },
    resolutions: resolved === undefined ? offered : [],
    resolved:
      resolved === undefined
        ? null
        : {
            // A newer cloud's resolutions are shown as it told them.
            resolution: resolved.resolution as Resolution,
            atMs: resolved.atMs,
            by: whoOf(till, resolved.by),
            sent: isTold,
          },
    ...wordsFor(till, told?.detail ?? {}),
  };
  if (told === null) {
    return { ...head, kind: "unknown", detail: { kind: row.kind, text: row.detail } };
  }
  return { ...head, ...told };
}

/** [C3] Of a good that was taken out nothing can be taken: the head office's word stands. */
function offeredFor(kind: string, told: AnyExceptionDetail | null): readonly Resolution[] {
  if (told?.kind === "edit-conflict" && told.detail.kept.who === removedBy) return ["keep"];
  return isExceptionKind(kind) ? resolutionsOf[kind] : ["seen"];
}

/** A person's name, or the head office's own word for itself; empty where nobody had to answer. */
function whoOf(till: Till, by: string): string {
  return till.ledger.people.get(by)?.name ?? by;
}

/** Looks up every text inside a detail that could be somebody's or something's id. */
function wordsFor(till: Till, detail: AnyExceptionDetail["detail"] | object) {
  const names: Record<string, string> = {};
  const tills: Record<string, number> = {};
  for (const id of textsIn(detail)) {
    const name = till.ledger.people.get(id)?.name ?? till.ledger.catalogue.bySku(id)?.name;
    if (name !== undefined) names[id] = name;
    const tillNumber = till.ledger.terminals.tillNumber(id);
    if (tillNumber !== null) tills[id] = tillNumber;
  }
  return { names, tills };
}

function textsIn(value: unknown): Set<string> {
  if (typeof value === "string") return new Set([value]);
  if (typeof value !== "object" || value === null) return new Set();
  return new Set(Object.values(value).flatMap((member) => [...textsIn(member)]));
}
