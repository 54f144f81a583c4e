import { failed, ok } from "../../domain/values/result.ts";
import type { PrintContent, PrintJob } from "../../ledger/tables/print-jobs.ts";
import type { PrintJobView } from "../contract/views.ts";
import { newId, record, type Till } from "../state/till.ts";
import type { Command, Query } from "./command.ts";

const shown = 50;

/** Why a job counts as done that a person did not find on the paper; its copy took its place. */
export const saidNotPrinted = "not-printed";

export const listPrintJobs: Query<"print.jobs"> = (till) => ok(printJobViews(till));

/** Sends a job again that surely did not print. One of unknown outcome needs a person's word first. */
export const retryPrintJob: Command<"print.retry"> = (till, { jobId }) => {
  const job = till.ledger.printJobs.get(jobId);
  if (job === null || job.state !== "failed") return failed({ type: "UnknownJob" });
  till.ledger.printJobs.setState(jobId, "queued", null);
  till.loops.wakePrinting();
  return ok(printJobViews(till));
};

/**
 * A person looked: the paper is there, or it is printed again marked COPY. A drawer kick that failed can only
 * be put aside: it is never tried again.
 */
export const resolvePrintJob: Command<"print.resolve"> = (till, { jobId, printed }) => {
  const job = till.ledger.printJobs.get(jobId);
  if (job === null || !isOpenQuestion(job)) return failed({ type: "UnknownJob" });
  record(till, "print.resolved", { jobId, printed });
  till.ledger.printJobs.setState(jobId, "printed", printed ? null : saidNotPrinted);
  if (!printed) reprint(till, job.content, job.title);
  till.loops.wakePrinting();
  return ok(printJobViews(till));
};

function isOpenQuestion({ state, content }: PrintJob): boolean {
  return state === "unknown" || (state === "failed" && content.kind === "drawer-kick");
}

/** A drawer that stayed shut is not opened later by a queue; the cashier opens it now. */
function reprint(till: Till, content: PrintContent, title: string): void {
  if (content.kind === "drawer-kick") return;
  const again = copyOf(till, content);
  const createdAtMs = till.world.clock.now();
  till.ledger.printJobs.add({ jobId: newId(till), content: again, title, createdAtMs });
}

function copyOf(till: Till, content: Exclude<PrintContent, { kind: "drawer-kick" }>): PrintContent {
  switch (content.kind) {
    case "receipt": {
      const stored = till.ledger.receipts.bySaleId(content.saleId);
      const copy = (stored?.copies ?? content.copy) + 1;
      const receiptNumber = stored?.fact.payload.receiptNumber ?? "";
      record(till, "receipt.reprinted", { saleId: content.saleId, receiptNumber, copy });
      return { ...content, copy };
    }
    case "z-report":
      return { ...content, copy: content.copy + 1 };
  }
}

function printJobViews(till: Till): PrintJobView[] {
  return till.ledger.printJobs.list(shown).map((job) => ({
    jobId: job.jobId,
    kind: job.content.kind,
    title: job.title,
    state: job.state,
    why: job.why,
    createdAtMs: job.createdAtMs,
  }));
}
