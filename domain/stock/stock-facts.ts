import type { FactPosition } from "../facts/fact.ts";

/** Why goods came or went otherwise than by a sale or a return. */
export type MoveReason = "receiving" | "adjustment" | "waste" | "transfer-in" | "transfer-out";

/** The payload of `stock.moved`. Two lines of one good are added up. */
export interface StockMoved {
  readonly reason: MoveReason;
  readonly lines: readonly MovedLine[];
  readonly note?: string | undefined;
}

export interface MovedLine {
  readonly sku: string;
  /** Signed, thousandths of the unit. */
  readonly deltaMilli: number;
}

/** [C2] The payload of `stock.counted`: what a person found, and what their till knew just then. */
export interface StockCounted {
  /** One line a good. */
  readonly lines: readonly CountedLine[];
  /**
   * The moment by the cloud's clock as far as the till knows it, but later than every count of these
   * goods that its ledger holds: counts stand in the order of (countedAtMs, fact id).
   */
  readonly countedAtMs: number;
  /**
   * For every chain but the count's own: the last of its facts that the counter's ledger had taken
   * in. What a chain holds up to there happened before the count.
   */
  readonly applied: readonly FactPosition[];
}

export interface CountedLine {
  readonly sku: string;
  /** What lay there, thousandths of the unit. */
  readonly countedMilli: number;
  /** The level that the counter's ledger knew. A note for people: no rule reads it. */
  readonly expectedMilli: number;
  /** Time of the newest store movement of this good that the counter's ledger held; absent: none. */
  readonly storeAtMs?: number | undefined;
}
