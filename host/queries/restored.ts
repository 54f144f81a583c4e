import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";
import type { RestoredFinding } from "../contract/office-views.ts";
import type { Till } from "../state/till.ts";
import { exceptionView } from "../views/exception-view.ts";
import { nextReceiptNumber } from "../views/register-view.ts";

const kinds = ["forked", "cloned", "cloud-restored", "number-reused"] as const;
/** Of each kind: more than a store sees in its life. */
const mostFindings = 50;

/** [R1] [R2] [R3] */
export const viewRestored: Query<"restored.view"> = (till) => {
  const { epoch } = till.ledger.journal.head();
  const lost = till.ledger.receipts.lostOwn(till.terminal.tillNumber);
  const findings = kinds.flatMap((kind) => findingsOf(till, kind));
  return ok({
    here: {
      epoch,
      closedEpochs: epoch - 1,
      receiptsBack: lost.receipts,
      receiptsBackMinor: lost.salesMinor + lost.returnsMinor,
      nextReceiptNumber: nextReceiptNumber(till),
    },
    findings: findings.toSorted((a, b) => b.lastAtMs - a.lastAtMs),
  });
};

function findingsOf(till: Till, kind: RestoredFinding["kind"]): RestoredFinding[] {
  return till.ledger.exceptions
    .list({ withResolved: true, kind, limit: mostFindings, offset: 0 })
    .map((row) => exceptionView(till, row))
    .filter((view): view is RestoredFinding => view.kind === kind);
}
