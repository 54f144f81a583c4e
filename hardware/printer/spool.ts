import { assert, unreachable } from "../../domain/values/assert.ts";
import type { Clock, Log } from "../../domain/values/ports.ts";
import type { Result } from "../../domain/values/result.ts";
import type { PrintDocument } from "./document.ts";
import {
  type LostAnswer,
  type Printer,
  type PrinterJob,
  type PrinterTrouble,
  type PrintOutcome,
  troubleOf,
} from "./port.ts";

/**
 * The rows of print jobs, kept in the ledger. Every call is durable before it returns.
 *
 * - **[P1]** A job is `queued` in the same transaction as what it prints.
 * - **[P2]** `sending` is durable before the first byte leaves.
 * - **[P3]** `printed` is written only on the printer's own word.
 * - **[P4]** A job found `sending` at start, or whose answer is lost, is `unknown`: never sent again unasked.
 * - **[P5]** A job of which certainly nothing was sent stays `queued` with the reason, and is tried again.
 * - **[P6]** Documents keep their order. A drawer kick waits for none, and is never tried again.
 */
export interface PrintJobs {
  /** The oldest `queued` job of a lane, or null. */
  next(lane: PrintLane): QueuedPrintJob | null;
  /** queued → sending. */
  markSending(jobId: string): void;
  /** sending → printed. */
  markPrinted(jobId: string): void;
  /** sending → unknown. */
  markUnknown(jobId: string, why: LostAnswer): void;
  /** Stays queued; keeps why it waits, for the screen. */
  markWaiting(jobId: string, why: PrinterTrouble): void;
  /** queued or sending → failed, for good: a document that cannot be made, a kick that came too late. */
  markFailed(jobId: string, why: PrintFailure): void;
  /** All jobs left `sending` by a till that stopped. */
  leftSending(): readonly QueuedPrintJob[];
  /**
   * True when the paper job that was sent last is not `printed`: half of it may hang out of the
   * printer, or wait inside it, whether or not the till was restarted since.
   */
  paperMayHang(): boolean;
}

export type PrintLane = "paper" | "drawer";

export interface QueuedPrintJob {
  readonly jobId: string;
  readonly lane: PrintLane;
  readonly queuedAtMs: number;
}

export type PrintFailure = PrinterTrouble | "too-late" | "not-renderable";

export interface Spool {
  /** There is a new job: look now. */
  wake(): void;
  /** Resolves when the job under way has ended; nothing is begun after it. */
  stop(): Promise<void>;
}

export interface SpoolParts {
  readonly jobs: PrintJobs;
  /** The document of a job, made from the facts that it names. */
  readonly render: (jobId: string) => Result<PrintDocument, string>;
  readonly printer: Printer;
  readonly clock: Clock;
  readonly log: Log;
}

/** A kick older than this would open the drawer in front of the next customer. */
const kickExpiresMs = 10_000;
const retryMs = [1_000, 2_000, 5_000, 10_000] as const;

/** Settles what a stopped till left behind, then prints what is queued, one after the other, for ever. */
export function startSpool(parts: SpoolParts): Spool {
  const left = parts.jobs.leftSending();
  const lanes = (["paper", "drawer"] as const).map(
    (name) =>
      new Lane(
        name,
        parts,
        left.filter((job) => job.lane === name),
      ),
  );
  for (const lane of lanes) lane.wake();
  return {
    wake() {
      for (const lane of lanes) lane.wake();
    },
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

class Lane {
  readonly #name: PrintLane;
  readonly #parts: SpoolParts;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #attempts = 0;
  #endPause: (() => void) | null = null;
  /** Left `sending` by a till that stopped. */
  #left: readonly QueuedPrintJob[];

  constructor(name: PrintLane, parts: SpoolParts, left: readonly QueuedPrintJob[]) {
    this.#name = name;
    this.#parts = parts;
    this.#left = left;
  }

  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#endPause?.();
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      // A job may have come between the last look and here.
      if (this.#again) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#again = false;
    this.#endPause?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    await this.#settleLeft();
    while (!this.#stopped) {
      this.#again = false;
      const outcome = await this.#attempt();
      if (outcome === "none") return;
      if (outcome === "done") this.#attempts = 0;
      else await this.#pause();
    }
  }

  async #settleLeft(): Promise<void> {
    const { jobs, log } = this.#parts;
    const left = this.#left;
    this.#left = [];
    for (const { jobId } of left) {
      log.warn("print.unknown", { jobId, why: "till-stopped" });
      await this.#keep(jobId, () => jobs.markUnknown(jobId, "till-stopped"));
    }
  }

  /** A ledger that cannot read or write now (a full disk) must not end the printing for good. */
  async #attempt(): Promise<"none" | "done" | "later"> {
    try {
      const job = this.#parts.jobs.next(this.#name);
      if (job === null) return "none";
      assert(job.lane === this.#name, "next() gives jobs of the lane asked for");
      const done = this.#name === "drawer" ? await this.#kick(job) : await this.#document(job);
      return done ? "done" : "later";
    } catch (error) {
      this.#parts.log.error("print.interrupted", { lane: this.#name, reason: String(error) });
      return "later";
    }
  }

  /**
   * Writes down what has happened outside, again and again while the ledger's disk refuses: what is on paper
   * must not be asked of a person as unknown. Given up only at the stop; the next start says `unknown`.
   */
  async #keep(jobId: string, write: () => void): Promise<void> {
    for (;;) {
      try {
        return write();
      } catch (error) {
        this.#parts.log.error("print.not-kept", { jobId, reason: String(error) });
      }
      if (this.#stopped) return;
      await this.#pause();
    }
  }

  /** False when the same job has to be tried again later. */
  async #document(job: QueuedPrintJob): Promise<boolean> {
    const { jobs, printer, render, log } = this.#parts;
    const { jobId } = job;
    const document = render(jobId);
    if (!document.ok) {
      log.error("print.not-renderable", { jobId, why: document.failure });
      jobs.markFailed(jobId, "not-renderable");
      return true;
    }
    const bytes = await printer.encode(document.value);
    if (this.#stopped) return false;
    const outcome = await this.#send({
      kind: "document",
      jobId,
      bytes,
      separate: jobs.paperMayHang(),
      beforeSend: () => jobs.markSending(jobId),
    });
    if (outcome.kind !== "failed") return true;
    jobs.markWaiting(jobId, outcome.why);
    return false;
  }

  async #kick(job: QueuedPrintJob): Promise<boolean> {
    const { jobs, clock } = this.#parts;
    const { jobId } = job;
    const age = clock.now() - job.queuedAtMs;
    // A clock that was set back makes it look young; one from before the start is caught as well.
    if (age > kickExpiresMs || age < -kickExpiresMs) {
      jobs.markFailed(jobId, "too-late");
      return true;
    }
    const beforeSend = () => jobs.markSending(jobId);
    const outcome = await this.#send({ kind: "drawer-kick", jobId, beforeSend });
    if (outcome.kind === "failed") jobs.markFailed(jobId, outcome.why);
    return true;
  }

  /** Prints, and writes down every outcome but `failed`, which the two kinds of jobs treat differently. */
  async #send(job: PrinterJob): Promise<PrintOutcome> {
    const { jobs, printer, log } = this.#parts;
    const outcome = await printer.print(job);
    switch (outcome.kind) {
      case "printed":
        await this.#keep(job.jobId, () => jobs.markPrinted(job.jobId));
        break;
      case "unknown":
        log.warn("print.unknown", { jobId: job.jobId, why: outcome.why });
        await this.#keep(job.jobId, () => jobs.markUnknown(job.jobId, outcome.why));
        break;
      case "failed":
        log.warn("print.failed", { jobId: job.jobId, why: outcome.why });
        break;
      default:
        unreachable(outcome);
    }
    return outcome;
  }

  /** Until the printer reports itself ready, somebody wakes the spool, or a while has passed. */
  #pause(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    const { printer, clock } = this.#parts;
    const delayMs = retryMs[Math.min(this.#attempts, retryMs.length - 1)] ?? 10_000;
    this.#attempts++;
    return new Promise((resolve) => {
      let ended = false;
      const wasReady = troubleOf(printer.status()) === null;
      const end = () => {
        if (ended) return;
        ended = true;
        this.#endPause = null;
        cancel();
        ignore();
        resolve();
      };
      const cancel = clock.after(delayMs, end);
      const ignore = printer.onStatus((status) => {
        if (!wasReady && troubleOf(status) === null && status.connection === "connected") end();
      });
      this.#endPause = end;
    });
  }
}
