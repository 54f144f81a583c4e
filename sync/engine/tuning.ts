/** The engine's numbers. Milliseconds unless the name says otherwise. */
export interface Tuning {
  /** [L1] Full jitter: a random part of `base` doubled at every failure, up to `cap`. */
  readonly backoffBaseMs: number;
  readonly backoffCapMs: number;
  /** However often somebody wakes the engine, a line that is down is probed no faster than this. */
  readonly probeSpacingMs: number;
  /** A probe that is not answered by then gets company: it may be on a connection that died. */
  readonly probeHedgeMs: number;
  /** Between tries when a person must act first (secret, version). */
  readonly patientMs: number;
  /** A poll of the feed while pokes arrive, and while they do not. */
  readonly pollMs: number;
  readonly pollUnpokedMs: number;
  /** Between two tries to subscribe to pokes. */
  readonly resubscribeMs: number;
  /** [U5] Between two comparisons of the heads when nothing happens. */
  readonly proofMs: number;
  readonly watchdogMs: number;
  /** No progress for so long, though the cloud answers: everything is built anew. */
  readonly stuckMs: number;
  /** A call that lasts longer than any timeout of a transport has lost its end. */
  readonly endlessCallMs: number;
  /** [U6] The first batch, and the largest. Bytes are of the facts' text, before it is wrapped. */
  readonly firstBatchCount: number;
  readonly maxBatchCount: number;
  readonly maxBatchBytes: number;
  /** While somebody sells: packing more would keep them waiting. */
  readonly sellingBatchCount: number;
  /** An answer that comes sooner is of a line on which two at once would come together. */
  readonly closeAnswerMs: number;
  /** After the last fact that was written somebody is taken to be selling for so long. */
  readonly sellingMs: number;
  /** A full batch that is answered faster than `quick` may grow, slower than `slow` must shrink. */
  readonly quickBatchMs: number;
  readonly slowBatchMs: number;
  /** Changes a page: what a ledger applies without keeping a cashier waiting. */
  readonly pageLimit: number;
  /** [D2] Rows a page of a snapshot. */
  readonly snapshotLimit: number;
}

export const usualTuning: Tuning = {
  backoffBaseMs: 500,
  backoffCapMs: 3_000,
  probeSpacingMs: 500,
  probeHedgeMs: 3_000,
  patientMs: 30_000,
  pollMs: 30_000,
  pollUnpokedMs: 5_000,
  resubscribeMs: 2_000,
  proofMs: 60_000,
  watchdogMs: 5_000,
  stuckMs: 20_000,
  endlessCallMs: 150_000,
  firstBatchCount: 250,
  maxBatchCount: 1_000,
  maxBatchBytes: 1_600_000,
  sellingBatchCount: 80,
  closeAnswerMs: 40,
  sellingMs: 60_000,
  quickBatchMs: 1_000,
  slowBatchMs: 4_000,
  pageLimit: 500,
  snapshotLimit: 2_000,
};
