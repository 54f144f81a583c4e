import type { EvidenceState, EvidenceSummary } from "../../domain/proof/evidence.ts";
import type { ExceptionView } from "./exception-views.ts";
import type { LeaveReason } from "../../domain/store/leave-guard.ts";

/** What the sync centre reads. Amounts in minor units of the store's currency. */

/** The tills of the store, side by side. */
export interface TillsView {
  /** When the cloud last told of the others; null when it has not since the start. */
  readonly heardAtMs: number | null;
  /** False: the others stand as they were then. */
  readonly isFresh: boolean;
  /** Open exceptions of the whole store; one may name several tills, or none. */
  readonly openExceptions: number;
  readonly tills: readonly TillRowView[];
}

export interface TillRowView {
  readonly terminalId: string;
  readonly tillNumber: number;
  readonly name: string;
  /** The till that shows this. */
  readonly isThis: boolean;
  /** When the cloud last heard of it; null when never. */
  readonly lastHeardAtMs: number | null;
  /** Facts that it has and the cloud has not; null when it never said. */
  readonly unsent: number | null;
  readonly oldestUnsentAtMs: number | null;
  /** Facts the cloud took from it in the last minute of its word. */
  readonly factsPerMinute: number | null;
  /** Cloud time less its own; null when never measured. */
  readonly clockSkewMs: number | null;
  readonly parked: number;
  /** Open exceptions that name it, as this till has heard of them. */
  readonly openExceptions: number;
  /** Its line: of this till as it stands, of another by how long it has been silent. */
  readonly line: TillLine;
  readonly program: string | null;
}

export type TillLine = "online" | "trying" | "offline" | "silent" | "unauthorised" | "refused";

/** [R1] [R2] [R3] What was found of ledgers and clouds that were put back or copied, and what was healed. */
export interface RestoredView {
  readonly here: RestoredHere;
  /** The cloud's findings of the whole store, also those that were answered, the newest first. */
  readonly findings: readonly RestoredFinding[];
}

/** This till's own journal. */
export interface RestoredHere {
  readonly epoch: number;
  /** Where its earlier epochs ended: what they held stands in the cloud, or was journaled again. */
  readonly closedEpochs: number;
  /** [D3] Receipts that its disk had lost and the cloud gave back. */
  readonly receiptsBack: number;
  readonly receiptsBackMinor: number;
  /** [R1] The next receipt's number, after every number that may have been given. */
  readonly nextReceiptNumber: string;
}

export type RestoredFinding = Extract<
  ExceptionView,
  { kind: "forked" | "cloned" | "cloud-restored" | "number-reused" }
>;

/** [P1] Both sides of one business date, till by till. */
export interface DayProofView {
  readonly businessDate: string;
  /** Null when the cloud could not be asked: then nothing is said to be equal. */
  readonly askedAtMs: number | null;
  readonly tills: readonly TillProofView[];
}

export interface TillProofView {
  readonly terminalId: string;
  /** 0 for a till that has not introduced itself to this one yet. */
  readonly tillNumber: number;
  readonly isThis: boolean;
  readonly here: ProofSideView;
  readonly cloud: ProofSideView | null;
  /**
   * `waits`: facts of it are still on their way, up from this till or down from the cloud.
   * `differs`: nothing is on its way, and the sides are not the same.
   */
  readonly verdict: "equal" | "waits" | "differs" | "unknown";
}

export interface ProofSideView {
  readonly count: number;
  readonly totalMinor: number;
  readonly hash: string;
}

/** A business date that has receipts. */
export interface BusinessDayView {
  readonly businessDate: string;
  readonly receipts: number;
}

/** [P1] A page of the journal beside the cloud's chain. */
export interface EvidencePageView {
  readonly rows: readonly EvidenceRowView[];
  /** To ask with for the next page; null behind the last one. */
  readonly next: EvidenceCursor | null;
  /** All rows up to here. */
  readonly summary: EvidenceSummary;
  /** Facts in the whole journal: how far this has come. */
  readonly journal: number;
}

export interface EvidenceCursor {
  readonly epoch: number;
  readonly seq: number;
  readonly summary: EvidenceSummary;
  /** Of another till: the cloud's hash at `seq`, which the next fact continues. */
  readonly hash?: string | undefined;
}

export interface EvidenceRowView {
  readonly epoch: number;
  readonly seq: number;
  /** Null of another till's fact that this one was not told. */
  readonly type: string | null;
  readonly atMs: number | null;
  readonly businessDate: string | null;
  readonly receiptNumber: string | null;
  readonly totalHereMinor: number | null;
  readonly totalThereMinor: number | null;
  readonly hashHere: string | null;
  readonly hashThere: string | null;
  readonly verdict: "applied" | "duplicate" | "parked" | null;
  readonly reason: string | null;
  readonly receivedAtMs: number | null;
  readonly state: EvidenceState;
}

/** [P2] What stands in the way of leaving, updating or removing this till. */
export interface LeaveView {
  readonly unsent: number;
  readonly oldestUnsentAtMs: number | null;
  readonly isOnline: boolean;
  readonly isSaleOpen: boolean;
  readonly isShiftOpen: boolean;
  /** A cashier is never kept from leaving; an update and an uninstall wait. */
  readonly mayGo: boolean;
  readonly reasons: readonly LeaveReason[];
}
