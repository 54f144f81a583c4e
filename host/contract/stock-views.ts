/** What the count, receive and adjust screens read. Quantities in thousandths of the good's unit. */

/** [C2] What a count found, against what this till knew just then. */
export interface StockCountView {
  readonly countId: string;
  readonly countedAtMs: number;
  readonly lines: readonly StockCountLineView[];
}

export interface StockCountLineView {
  readonly sku: string;
  readonly name: string;
  readonly unit: "each" | "kg";
  readonly countedMilli: number;
  /** The level just before the count, as all facts that are known now say it; moves as late ones come. */
  readonly beforeMilli: number;
  /** Counted − before. */
  readonly varianceMilli: number;
}

/** [C2] One count of one good, in a list. */
export interface StockCountRowView extends StockCountLineView {
  readonly countId: string;
  readonly countedAtMs: number;
  /** Name of who counted. */
  readonly by: string;
  /** Null for a till that has not introduced itself to this one. */
  readonly tillNumber: number | null;
  /** What the counter's till knew when it was counted. */
  readonly expectedMilli: number;
  /** The level goes by this one: no later count of the good is known. */
  readonly isLatest: boolean;
}

/** [C2] Movements of a good that came so near to its count that nobody can tell which was first. */
export interface UncertainCountView {
  readonly sku: string;
  readonly name: string;
  readonly unit: "each" | "kg";
  readonly countId: string;
  readonly countedMilli: number;
  readonly countedAtMs: number;
  readonly countedBy: string;
  /** The level now, with the movements assumed to have come after the count. */
  readonly stockMilli: number;
  /** The level if all of them had come before it: then the count has them in it already. */
  readonly ifBeforeMilli: number;
  readonly movements: readonly UncertainMovementView[];
}

export interface UncertainMovementView {
  /** `exceptions.list` has it under this subject, with the resolutions `before` and `after`. */
  readonly subject: string;
  /** By the cloud's clock. */
  readonly atMs: number;
  /** The two clocks together may be this far off; null: one of them was never compared. */
  readonly uncertaintyMs: number | null;
  readonly deltaMilli: number;
  readonly tillNumber: number | null;
  readonly receiptNumber: string | null;
}

/** Goods that came, went or were corrected, and the levels they left. */
export interface StockMovedView {
  readonly lines: readonly {
    readonly sku: string;
    readonly name: string;
    readonly unit: "each" | "kg";
    readonly deltaMilli: number;
    readonly stockMilli: number;
  }[];
}

/** The newest count of a good. */
export interface LatestCountView {
  readonly countedAtMs: number;
  readonly countedMilli: number;
  readonly varianceMilli: number;
  /** Movements near it had to be assumed after it: see `stock.uncertain`. */
  readonly isUncertain: boolean;
}
