import type { PrintDocument } from "./document.ts";

/** A receipt printer as the till sees it, whatever language and cable are behind it. */
export interface Printer {
  /** The bytes of a document for this model. Pure: the same document gives the same bytes. */
  encode(document: PrintDocument): Promise<Uint8Array>;
  /**
   * Carries out one job. Documents go one after the other, in the order of the calls; a drawer kick
   * does not wait for paper. Never throws for anything a printer, a cable or a person did.
   */
  print(job: PrinterJob): Promise<PrintOutcome>;
  /** The last thing known, at once. */
  status(): PrinterStatus;
  /** Calls `listener` at every change of status; the returned function ends that. */
  onStatus(listener: (status: PrinterStatus) => void): () => void;
  /** Lets go of the printer; a job under way becomes `unknown`. */
  close(): Promise<void>;
}

export type PrinterJob = DocumentJob | KickJob;

interface AnyJob {
  readonly jobId: string;
  /**
   * Called once, right before the first byte leaves. Until then an outcome is `failed` and the job
   * can be tried again; from then on only the printer's own word makes it `printed`.
   */
  beforeSend(): void;
}

export interface DocumentJob extends AnyJob {
  readonly kind: "document";
  /** From `encode`. */
  readonly bytes: Uint8Array;
  /** Cut off first what an earlier job may have left half printed. */
  readonly separate?: boolean;
}

export interface KickJob extends AnyJob {
  readonly kind: "drawer-kick";
}

/** The end of a job. */
export type PrintOutcome =
  /** The printer said that it carried out everything. */
  | { readonly kind: "printed" }
  /** Nothing was sent: certainly not printed. */
  | { readonly kind: "failed"; readonly why: PrinterTrouble }
  /** Sent, and no word: may be on paper, whole, in part, or not at all. Never repeat it unasked. */
  | { readonly kind: "unknown"; readonly why: LostAnswer };

/** Why nothing can be printed now. UnifiedPOS speaks of CoverOpen, RecEmpty, OFFLINE, FAILURE. */
export type PrinterTrouble =
  | "unreachable"
  | "no-answer"
  | "cover-open"
  | "paper-out"
  | "offline"
  | "error"
  | "busy"
  | "closed";

export type LostAnswer = "no-answer" | "connection-lost" | "closed" | "till-stopped";

/** What the printer last said of itself; null where it has not been heard. */
export interface PrinterStatus {
  /** `silent`: somebody is there and says nothing. `resting`: nobody is connected, by intention. */
  readonly connection: "connecting" | "connected" | "unreachable" | "silent" | "resting";
  readonly online: boolean | null;
  readonly cover: "closed" | "open" | null;
  readonly paper: "ok" | "near-end" | "out" | null;
  /** A fault that needs a person: a jammed cutter, an overheated head. */
  readonly error: boolean | null;
  /** Pin 3 of the drawer's socket. Which level means open depends on the drawer. */
  readonly drawerPin: "high" | "low" | null;
}

export const silentStatus: PrinterStatus = {
  connection: "connecting",
  online: null,
  cover: null,
  paper: null,
  error: null,
  drawerPin: null,
};

/** What stands in the way of printing, or null. */
export function troubleOf(status: PrinterStatus): PrinterTrouble | null {
  if (status.connection === "unreachable") return "unreachable";
  if (status.connection === "silent") return "no-answer";
  if (status.cover === "open") return "cover-open";
  if (status.paper === "out") return "paper-out";
  if (status.error === true) return "error";
  return status.online === false ? "offline" : null;
}

/** The one word for a status bar, worst first. */
export function conditionOf(
  status: PrinterStatus,
): PrinterTrouble | "ready" | "paper-near-end" | "connecting" {
  const trouble = troubleOf(status);
  if (trouble !== null) return trouble;
  if (status.connection === "connecting") return "connecting";
  return status.paper === "near-end" ? "paper-near-end" : "ready";
}
