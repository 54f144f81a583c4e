import type { Product } from "../../domain/catalogue/product.ts";
import type { AccountMove } from "../../domain/account/account-move.ts";
import type { ExceptionKind } from "../../domain/exceptions/exception-kinds.ts";
import type { FactPosition, FactType } from "../../domain/facts/fact.ts";
import type { StockMovement } from "../../domain/stock/movement.ts";
import type { CountedGood } from "../../domain/stock/stock-of.ts";
import type { Uuid } from "../../domain/values/id.ts";
import type { StockWord } from "./stock-word.ts";
import type {
  FactPlace,
  Head,
  StoreSettings,
  Verdict,
  WirePerson,
} from "../../sync/protocol/wire.ts";
import type { CataloguePort } from "./catalogue-port.ts";
import type { FactEffect } from "./fact-effect.ts";
import type { OfficePort } from "./office-port.ts";
import type { ClonePort } from "./clone-port.ts";
import type { SnapshotPort } from "./snapshot-port.ts";

/**
 * What the inventory service needs of a database. Each call is atomic and durable when it resolves.
 * Adapters are held to `storePortContract`; SQLite is the embedded one.
 */
export interface StorePort extends CataloguePort, OfficePort, SnapshotPort, ClonePort {
  /**
   * Makes a store with its settings and people; false, and nothing changed, when it is there
   * already.
   */
  createStore(settings: StoreSettings, people: readonly WirePerson[]): Promise<boolean>;
  stores(): Promise<readonly StoreSettings[]>;

  /** [A1] Keeps a code's hash until it is used or expired. */
  addEnrolmentCode(code: EnrolmentCode): Promise<void>;
  /**
   * [A1] Uses up a code and makes the terminal with the store's next till number; null when the
   * code is not good.
   */
  redeemEnrolmentCode(code: Redemption): Promise<TerminalRecord | null>;
  terminal(terminalId: Uuid): Promise<TerminalRecord | null>;

  /** The end of a chain; seq 0 and the genesis hash when there is none. */
  head(terminalId: Uuid, epoch: number): Promise<Head>;
  /** Facts already held, ascending by seq, without gaps. */
  heldFacts(place: ChainRange): Promise<readonly HeldFact[]>;
  /** [U3] Where those of the ids stand that facts already carry. */
  placesOfIds(ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, FactPosition>>;
  /**
   * [U3] Appends to a chain, with every effect, or nothing: `moved` when the chain's end is not
   * `expected` or an id became known meanwhile. [C1] Raises `oversold` where a sale takes a stated
   * level below zero. [U4] `unfit`: not the disk but something in these facts stood in the way.
   */
  commitFacts(commit: FactCommit): Promise<Committed>;

  /**
   * [D1] Where the store's last change stands that is no fact, as far as this process has seen one;
   * else 0. Only a hint.
   */
  latestNews(storeId: string): Promise<number>;
  /** [D1] The feed after a cursor. */
  changes(query: FeedQuery): Promise<FeedPage>;
  /**
   * [D4] Takes every item over in one transaction; of goods that did not change nothing is written.
   */
  importCatalogue(catalogue: CatalogueImport): Promise<ImportedCatalogue>;
  /** Takes a good out of the catalogue; its stock and past remain. False when it is not there. */
  removeProduct(storeId: string, sku: string): Promise<boolean>;

  /** Opens an exception, or counts one more time on the open one of the same kind and subject. */
  raiseException(exception: RaisedException): Promise<void>;
  /** Open exceptions, newest first. */
  exceptions(storeId: string, limit: number): Promise<readonly StoreException[]>;
  /** [U4] Newest first. */
  parked(storeId: string, limit: number): Promise<readonly ParkedFact[]>;
  stock(storeId: string, skus: readonly string[]): Promise<readonly StockLevel[]>;
  /** [C2] The counts of a good, the newest last. */
  stockCounts(storeId: string, sku: string): Promise<readonly CountedGood[]>;
  close(): Promise<void>;
}

export interface EnrolmentCode {
  readonly storeId: string;
  readonly codeHash: Uint8Array;
  readonly expiresAtMs: number;
  /** [R4] The lost terminal whose place the new one takes. */
  readonly replaces?: Uuid | null | undefined;
  /** [A4] The terminal that enrols again. */
  readonly renews?: Uuid | null | undefined;
}

export interface Redemption {
  readonly codeHash: Uint8Array;
  readonly atMs: number;
  readonly terminalId: Uuid;
  readonly name: string;
  readonly secretHash: Uint8Array;
  /** SPKI, DER, base64; null from a terminal that made none. */
  readonly publicKey: string | null;
}

export interface TerminalRecord {
  readonly storeId: string;
  readonly terminalId: Uuid;
  readonly tillNumber: number;
  readonly name: string;
  readonly secretHash: Uint8Array;
  readonly publicKey: string | null;
  /** [R4] The lost terminal whose place it took; null for most. */
  readonly replaces: Uuid | null;
}

export interface ChainRange {
  readonly terminalId: Uuid;
  readonly epoch: number;
  readonly fromSeq: number;
  readonly toSeq: number;
}

export interface HeldFact extends Verdict {
  readonly hash: string;
}

export type Committed = "committed" | "moved" | { readonly unfit: string };

export interface FactCommit {
  readonly storeId: string;
  readonly terminalId: Uuid;
  /** The end of the chain that the facts continue. */
  readonly expected: Head;
  readonly facts: readonly JudgedFact[];
  readonly receivedAtMs: number;
}

export interface FactIdentity {
  readonly id: Uuid;
  readonly type: FactType;
  readonly atMs: number;
  readonly businessDate: string | null;
}

/** A fact with its verdict and what it causes. */
export interface JudgedFact {
  readonly seq: number;
  readonly hash: string;
  readonly body: string;
  readonly verdict: Verdict["verdict"];
  /** Present when parked. */
  readonly reason: string | null;
  /** [U3] Of a duplicate by its id: where else this terminal's chains hold it. */
  readonly heldAt?: Verdict["heldAt"];
  /** Null when parked: what cannot be read claims no id. */
  readonly identity: FactIdentity | null;
  /** The store's terminals hear of it. */
  readonly inFeed: boolean;
  readonly movements: readonly StockMovement[];
  /** [C2] What it says of stock besides. */
  readonly stock: StockWord | null;
  /** [C5] */
  readonly accounts: readonly AccountMove[];
  /** What it causes besides. */
  readonly effect: FactEffect | null;
}

export interface FeedQuery {
  readonly storeId: string;
  readonly after: number;
  readonly limit: number;
  readonly maxBytes: number;
  /** Leaves out this terminal's facts of `epoch` up to `seq`. */
  readonly without: {
    readonly terminalId: Uuid;
    readonly epoch: number;
    readonly seq: number;
  } | null;
  /** [D5] The stamp that came with `after`; none where the feed is read from its beginning. */
  readonly stamp?: string | null | undefined;
  /** [D2] Entries up to here need not be told, but for facts: a snapshot brought what they say. */
  readonly known?: number | undefined;
  /** [D5] What the last page of that snapshot said of itself (`SnapshotPage.read`). */
  readonly read?: string | null | undefined;
  /** [C5] Whose chain the page tells. */
  readonly terminalId?: Uuid | undefined;
}

/** `snapshot`: the feed cannot go on from `after`, and why. */
export interface FeedPage {
  readonly outcome: "page" | "snapshot";
  readonly why?: "too-old" | "cloud-restored" | undefined;
  /** [D5] Which life of the database wrote `cursor`. */
  readonly stamp: string;
  readonly cursor: number;
  readonly upTo: number;
  readonly changes: readonly FeedEntry[];
  /** [C5] That terminal's newest chain when the page was read; null when it has none. */
  readonly chain?: Head | null | undefined;
  /** [H6] Of the facts that were asked about those of the store that are held here. */
  readonly places?: readonly FactPlace[] | undefined;
}

/** `text`: a fact's canonical text for kind `fact`, else the JSON of the change. */
export interface FeedEntry {
  readonly kind: string;
  readonly text: string;
}

export interface CatalogueItem {
  readonly product: Product;
  /** Made a movement when the SKU is new to the store. */
  readonly openingMilli?: number | undefined;
}

export interface CatalogueImport {
  readonly storeId: string;
  readonly items: Iterable<CatalogueItem> | AsyncIterable<CatalogueItem>;
  readonly atMs: number;
  /** Called now and then with the number of items read so far. */
  readonly onProgress?: ((read: number) => void) | undefined;
}

export interface ImportedCatalogue {
  /** Items read; of two with one SKU the later counts. */
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface RaisedException {
  readonly storeId: string;
  readonly kind: ExceptionKind;
  /** What it is about: one exception of a kind is open about one thing. */
  readonly subject: string;
  /** JSON of `ExceptionDetails` (domain/exceptions). */
  readonly detail: string;
  readonly atMs: number;
  /** How often it happened at once; 1 where nothing is said. */
  readonly times?: number | undefined;
  /** Not where it was ever raised before, also if a person has answered. */
  readonly once?: boolean | undefined;
}

/** Which exception a person answered: the id, and what it was about when it was answered. */
export interface ExceptionAnswer {
  readonly exceptionId: string;
  readonly kind: string;
  readonly subject: string;
}

export interface StoreException {
  readonly exceptionId: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: string;
  readonly times: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export interface ParkedFact {
  readonly terminalId: Uuid;
  readonly epoch: number;
  readonly seq: number;
  readonly reason: string;
  readonly body: string;
  readonly receivedAtMs: number;
}

export interface StockLevel {
  readonly sku: string;
  readonly levelMilli: number;
}
