import type { ProductChanges } from "../../domain/catalogue/product-edit.ts";
import type { Uuid } from "../../domain/values/id.ts";
import type { BusinessDate } from "../../domain/values/time.ts";
import type { WirePerson } from "../../sync/protocol/wire.ts";
import type { JudgedFact } from "./store-port.ts";

/** [C3] [C6] [U8] What edits, people and second judgements need of a database. Part of `StorePort`. */
export interface CataloguePort {
  /**
   * [C3] The head office changes fields of a good, on top of what stands. False, and nothing changed,
   * when the store has no such good.
   */
  editProduct(edit: OfficeEdit): Promise<boolean>;
  /** [C3] Makes pending prices that begin on the date or before it the prices; how many goods. */
  beginPrices(begin: PriceBeginning): Promise<number>;
  /** [C6] Adds people, or changes those that are there: each a change of the feed. */
  putPeople(storeId: string, people: readonly WirePerson[]): Promise<void>;
  /** [U8] What is parked, in the order of the chains: the next ones after fact number `after`. */
  parkedInOrder(
    storeId: string,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly ParkedPlace[]>;
  /**
   * [U8] Facts that were parked, judged once more: those that are `applied` or `duplicate` now take
   * effect at the place and with the bytes they have; of the others people are told anew.
   */
  applyParked(retry: ParkedRetry): Promise<void>;
}

export interface OfficeEdit {
  readonly storeId: string;
  readonly sku: string;
  readonly changes: ProductChanges;
  /** A name for people: whose word it is. */
  readonly who: string;
  readonly editId: Uuid;
  readonly atMs: number;
}

export interface PriceBeginning {
  readonly storeId: string;
  readonly businessDate: BusinessDate;
  readonly atMs: number;
}

export interface ParkedPlace {
  /** The cloud's own; grows along every chain. */
  readonly factNo: number;
  readonly terminalId: Uuid;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly body: string;
}

export interface ParkedRetry {
  readonly storeId: string;
  readonly facts: readonly RetriedFact[];
  /** A person's id; empty when the cloud tried by itself. */
  readonly by: string;
  readonly atMs: number;
  /** A further page of one retry: what the pages before it told anew stays told. */
  readonly isContinued?: boolean;
}

export interface RetriedFact extends JudgedFact {
  readonly terminalId: Uuid;
  readonly epoch: number;
}
