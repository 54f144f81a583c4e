import type { Tuning } from "./tuning.ts";

/** [U6] How much to send at once: learns from what the line and the cloud can take. */
export interface BatchSize {
  limits(): BatchLimits;
  /**
   * So many batches may wait for an answer at once: while the cloud writes one the next is on its way. Of a
   * line so quick that their answers would come together it is one while somebody sells: they keep people
   * waiting one by one.
   */
  mostUnderWay(): number;
  /** A batch was answered. */
  answered(batch: SentBatch & { readonly tookMs: number }): void;
  /** A batch was too large, or not answered in time: the next is at most half of it. */
  tooLarge(batch: SentBatch): void;
}

export interface BatchLimits {
  readonly maxCount: number;
  readonly maxBytes: number;
}

export interface SentBatch {
  readonly count: number;
  readonly bytes: number;
}

const batchesUnderWay = 2;

/** Below this a batch is not shrunk by bytes: one usual sale must fit. */
const fewestBytes = 4_096;

export function createBatchSize(tuning: Tuning, isSelling: () => boolean = () => false): BatchSize {
  let limits: BatchLimits = {
    maxCount: tuning.firstBatchCount,
    maxBytes: tuning.maxBatchBytes,
  };
  let lastTookMs = 0;
  const shrink = ({ count, bytes }: SentBatch) => {
    limits = {
      maxCount: Math.max(1, Math.floor(count / 2)),
      maxBytes: Math.max(fewestBytes, Math.floor(bytes / 2)),
    };
  };
  return {
    limits: () =>
      isSelling()
        ? { ...limits, maxCount: Math.min(limits.maxCount, tuning.sellingBatchCount) }
        : limits,
    mostUnderWay: () => (isSelling() && lastTookMs < tuning.closeAnswerMs ? 1 : batchesUnderWay),
    answered(batch) {
      lastTookMs = batch.tookMs;
      if (batch.tookMs > tuning.slowBatchMs) return shrink(batch);
      const isFull = batch.count >= limits.maxCount || batch.bytes * 2 > limits.maxBytes;
      if (batch.tookMs > tuning.quickBatchMs || !isFull) return;
      limits = {
        maxCount: Math.min(tuning.maxBatchCount, limits.maxCount * 2),
        maxBytes: Math.min(tuning.maxBatchBytes, limits.maxBytes * 2),
      };
    },
    tooLarge: shrink,
  };
}
