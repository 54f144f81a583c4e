import type { LedgerProblem } from "../ledger/problem.ts";
import type { Till } from "./state/till.ts";
import { statusView } from "./views/status-view.ts";

/** Facts were written: the loops look, the back office refreshes. */
export function announce(till: Till): void {
  till.announcedPosition = till.ledger.journal.head().position;
  till.loops.written();
  for (const what of ["sales", "stock", "shifts", "sync"] as const) {
    till.emit({ topic: "changed", message: { what } });
  }
}

/** The disk refused, or takes again (`null`). Damage stays damage, whatever else succeeds. */
export function setLedgerProblem(till: Till, problem: LedgerProblem | null): void {
  if (till.ledgerProblem === problem || till.ledgerProblem === "corrupt") return;
  till.ledgerProblem = problem;
  if (problem !== null) till.loops.ledgerRefused();
  till.emit({ topic: "status", message: statusView(till) });
}
