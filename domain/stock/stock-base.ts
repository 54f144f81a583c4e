import type { FactPosition } from "../facts/fact.ts";
import type { Uuid } from "../values/id.ts";
import type { ClockReading, CorrectedTime } from "../values/clock-reading.ts";

/**
 * [D2] [C2] What a snapshot says of the stock of some goods, all read in one transaction of the
 * cloud. It travels as JSON on a snapshot page; the cloud makes it in
 * `cloud-infra/service/sqlite/stock-bases.ts`, a ledger takes it in with `projections.takeStockBases`, once for
 * each page, in the transaction that puts the snapshot in force. From then on the level of each of
 * these goods is its base plus every fact and store movement that the ledger holds, or ever gets,
 * and that the base does not include. Facts that it does include may come all the same: they bring
 * their documents, and no stock.
 */
export interface StockBases {
  readonly bases: readonly StockBase[];
  /** The counts that the bases name. */
  readonly counts: readonly CountMark[];
  /** Of every chain of the store, the last fact that the bases include. */
  readonly heads: readonly FactPosition[];
  /** [U8] Facts up to the heads that are parked: the bases do not include them, and they may come yet. */
  readonly holes?: readonly FactPosition[] | undefined;
  /** Of every chain that measured its clock, the last reading up to its head. */
  readonly clocks: readonly ChainClock[];
}

/** One good. A good that no fact ever moved, and nobody stated, has none. */
export interface StockBase {
  readonly sku: string;
  readonly levelMilli: number;
  /** [C1] Whether its stock was ever stated (opening, receiving, adjustment, count). */
  readonly stated: boolean;
  /** Time of the newest store movement (opening stock) that the level includes; null: none. */
  readonly storeAtMs: number | null;
  /** The newest count; null: never counted. */
  readonly count: BaseCount | null;
}

/** What the newest count found, and the level just before it. */
export interface BaseCount {
  readonly countId: Uuid;
  readonly countedMilli: number;
  readonly beforeMilli: number;
  /** `storeAtMs` of the count's line. */
  readonly storeAtMs?: number | null | undefined;
}

/** [C2] A count as a moment: everything that decides whether a movement came before it. */
export interface CountMark extends FactPosition {
  /** The count's fact. */
  readonly countId: Uuid;
  /** With `countId`: its place among the counts of a good. */
  readonly countedAtMs: number;
  /** When it was written, by the cloud's clock: what times of movements are compared with. */
  readonly at: CorrectedTime;
  readonly applied: readonly FactPosition[];
}

/** [L1] A clock reading and the place in its chain from which on it counts. */
export interface ChainClock extends FactPosition {
  readonly reading: ClockReading;
}
