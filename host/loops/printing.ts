import { unreachable } from "../../domain/values/assert.ts";
import { failed, ok, type Result } from "../../domain/values/result.ts";
import type { PrintDocument } from "../../hardware/printer/document.ts";
import { type ReceiptLook, saleReceipt } from "../../hardware/printer/receipt-document.ts";
import { createReceiptFormat, type ReceiptFormat } from "../../hardware/printer/receipt-format.ts";
import { receiptLabels } from "../../hardware/printer/receipt-labels.ts";
import { type PrintJobs, type QueuedPrintJob, startSpool } from "../../hardware/printer/spool.ts";
import { zReportDocument } from "../../hardware/printer/z-report-document.ts";
import { ledgerProblemOf } from "../../ledger/problem.ts";
import type { PrintJob } from "../../ledger/tables/print-jobs.ts";
import { saidNotPrinted } from "../commands/print-jobs.ts";
import { nameOf, type Till } from "../state/till.ts";
import { tillNumberOf } from "../views/receipt-view.ts";
import { statusView } from "../views/status-view.ts";
import { sayProblem, writeInLoop } from "./write.ts";

export interface PrintLoop {
  wake(): void;
  stop(): Promise<void>;
}

/** Prints the ledger's jobs at the printer's pace; without a printer they wait in the ledger. */
export function createPrintLoop(till: Till): PrintLoop {
  const { printer } = till.world.devices;
  if (printer === null) return { wake() {}, async stop() {} };
  return startSpool({
    jobs: printJobsOf(till),
    render: (jobId) => documentOrDamage(till, jobId),
    printer,
    clock: till.world.clock,
    log: till.world.log,
  });
}

/** The ledger's rows as the spool wants them; every change is seen on the screens. */
function printJobsOf(till: Till): PrintJobs {
  const { printJobs } = till.ledger;

  function mark(jobId: string, state: PrintJob["state"], why: string | null): void {
    writeInLoop(till, () => printJobs.setState(jobId, state, why));
    till.emit({ topic: "status", message: statusView(till) });
    till.emit({ topic: "changed", message: { what: "print" } });
  }

  function readable<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      sayProblem(till, error);
      throw error;
    }
  }

  return {
    next(lane) {
      const job = readable(() => printJobs.nextQueued(lane));
      return job === null ? null : queued(job);
    },
    markSending: (jobId) => mark(jobId, "sending", null),
    markPrinted: (jobId) => mark(jobId, "printed", null),
    markUnknown: (jobId, why) => mark(jobId, "unknown", why),
    markWaiting: (jobId, why) => mark(jobId, "queued", why),
    markFailed: (jobId, why) => mark(jobId, "failed", why),
    leftSending: () => printJobs.sending().map(queued),
    paperMayHang() {
      const last = printJobs.lastSentPaper();
      return last !== null && (last.state !== "printed" || last.why === saidNotPrinted);
    },
  };
}

function queued(job: PrintJob): QueuedPrintJob {
  const lane = job.content.kind === "drawer-kick" ? "drawer" : "paper";
  return { jobId: job.jobId, lane, queuedAtMs: job.createdAtMs };
}

/** A damaged fact must not keep the receipts behind it waiting for ever. */
function documentOrDamage(till: Till, jobId: string): Result<PrintDocument, string> {
  try {
    return documentOf(till, jobId);
  } catch (error) {
    if (ledgerProblemOf(error) !== "corrupt") throw error;
    sayProblem(till, error);
    return failed("what it prints is damaged in the ledger");
  }
}

/** What a job prints, from the facts it names: the same paper whenever it is made. */
function documentOf(till: Till, jobId: string): Result<PrintDocument, string> {
  const content = till.ledger.printJobs.get(jobId)?.content;
  switch (content?.kind) {
    case "receipt":
      return receiptOf(till, content.saleId, content.copy);
    case "z-report":
      return zReportOf(till, content.shiftId, content.copy);
    case "drawer-kick":
      return failed("a drawer kick has no paper");
    case undefined:
      return failed("the job is not in the ledger");
    default:
      return unreachable(content);
  }
}

function receiptOf(till: Till, saleId: string, copy: number): Result<PrintDocument, string> {
  const stored = till.ledger.receipts.bySaleId(saleId);
  if (stored === null) return failed(`no sale ${saleId} in the ledger`);
  const { fact } = stored;
  const sale = fact.payload;
  const facts = {
    sale,
    soldAtMs: fact.atMs,
    tillNumber: tillNumberOf(sale.receiptNumber),
    cashier: nameOf(till, fact.actorId),
    ...copyOf(copy),
  };
  return ok(saleReceipt(facts, lookOf(till, sale.currency)));
}

function zReportOf(till: Till, shiftId: string, copy: number): Result<PrintDocument, string> {
  const z = till.ledger.shifts.get(shiftId)?.z;
  if (z === undefined || z === null) return failed(`no closed shift ${shiftId} in the ledger`);
  const { tillNumber } = till.terminal;
  return ok(zReportDocument({ z, tillNumber, ...copyOf(copy) }, lookOf(till, z.currency)));
}

function copyOf(copy: number): { copy?: number } {
  return copy === 0 ? {} : { copy };
}

function lookOf({ store, locale }: Till, currency: string): ReceiptLook {
  return {
    store: { name: store.storeName, lines: store.addressLines, footer: store.receiptFooter },
    labels: receiptLabels(locale),
    format: formatOf(locale, currency, store.timeZone),
  };
}

/** Making a format costs far more than using one, and a till needs one or two. */
const formats = new Map<string, ReceiptFormat>();

function formatOf(locale: string, currency: string, timeZone: string): ReceiptFormat {
  const key = `${locale} ${currency} ${timeZone}`;
  const format =
    formats.get(key) ?? createReceiptFormat({ locale: paperLocale(locale), currency, timeZone });
  formats.set(key, format);
  return format;
}

/** Plain English puts the month first, which most of the world reads as the day: paper says the day first. */
function paperLocale(locale: string): string {
  return locale === "en" ? "en-GB" : locale;
}
