import type { Uuid } from "../../domain/values/id.ts";
import type { TillReport, TillWord } from "../../sync/protocol/office.ts";

/** What the back office's questions need of a database. Part of `StorePort`. */
export interface OfficePort {
  /**
   * Keeps a till's word on itself. Durable within the minute: what is lost with a crash the till says
   * again when it is back.
   */
  noteHeard(heard: Heard): Promise<void>;
  /** Every till of the store, by till number. */
  tills(storeId: string): Promise<readonly TillWord[]>;
  /** [P1] Canonical texts of the receipts of a till and business date that had their effect. */
  receiptBodies(terminalId: Uuid, businessDate: string): Promise<readonly string[]>;
  /** [P1] Facts of a chain after `afterSeq`, ascending. */
  chainFacts(place: ChainPage): Promise<readonly ChainFact[]>;
}

export interface Heard {
  readonly terminalId: Uuid;
  readonly atMs: number;
  readonly report: TillReport;
}

export interface ChainPage {
  readonly terminalId: Uuid;
  readonly epoch: number;
  readonly afterSeq: number;
  readonly limit: number;
}

export interface ChainFact {
  readonly seq: number;
  readonly hash: string;
  readonly verdict: "applied" | "duplicate" | "parked";
  readonly reason: string | null;
  readonly receivedAtMs: number;
  readonly body: string;
}
