import type { ReturnedFrom, SettledTender, TenderKind } from "../../domain/sale/completed-sale.ts";
import type { MoveReason } from "../../domain/stock/stock-facts.ts";
import type { ShiftTotals, ZReport } from "../../domain/shift/z-report.ts";
import type { TaxAmount } from "../../domain/pricing/price-cart.ts";
import type { LatestCountView } from "./stock-views.ts";

/** What screens read. JSON-safe, computed by the host; the renderer formats and computes no money. */

/** Everything the cashier's screen shows. `revision` grows with every change; older ones are ignored. */
export interface RegisterView {
  readonly revision: number;
  readonly terminal: TerminalView;
  /** Null until somebody signs in. */
  readonly person: PersonView | null;
  readonly shift: ShiftView | null;
  readonly cart: CartView | null;
  /** The sale just completed, until the next scan: its change stands large on the screen. */
  readonly lastSale: LastSaleView | null;
  readonly suspendedCount: number;
}

export interface TerminalView {
  readonly storeName: string;
  /** IANA name of the store's clock. */
  readonly timeZone: string;
  readonly tillNumber: number;
  readonly currency: string;
  /** Digits after the decimal separator: 2 for EUR, 0 for JPY, 3 for KWD. */
  readonly currencyExponent: number;
  readonly pricesIncludeTax: boolean;
  readonly nextReceiptNumber: string;
  readonly taxCategories: readonly string[];
  /** Goods known to this till. Zero: the catalogue has not come yet. */
  readonly products: number;
}

export interface PersonView {
  readonly personId: string;
  readonly name: string;
  readonly role: "cashier" | "manager";
}

export interface ShiftView {
  readonly shiftId: string;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly openedBy: string;
  readonly floatMinor: number;
  /** The blind count already made, if any; the shift can still be closed or counted again. */
  readonly counted: ShiftCountView | null;
}

export interface ShiftCountView {
  readonly countedMinor: number;
  readonly expectedMinor: number;
  readonly varianceMinor: number;
}

export interface CartView {
  readonly cartId: string;
  /** In the order they were rung up. */
  readonly lines: readonly CartLineView[];
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly taxes: readonly TaxAmount[];
  readonly tenders: readonly CartTenderView[];
  /** Total − tenders: what is still owed; negative when money goes back. */
  readonly dueMinor: number;
  /** The number of pieces; a weighed line counts one. */
  readonly items: number;
  /** Exact, then the next notes: what a cashier presses. */
  readonly quickCashMinor: readonly number[];
  /** A card payment under way or whose outcome is not known yet. */
  readonly cardPayment: CardPaymentView | null;
}

export interface CartLineView {
  readonly lineId: string;
  readonly sku: string | null;
  readonly name: string;
  readonly quantityMilli: number;
  readonly unit: "each" | "kg";
  readonly unitPriceMinor: number;
  readonly amountMinor: number;
  readonly taxCategory: string;
  readonly returnOf?: ReturnedFrom | undefined;
}

export interface CartTenderView {
  readonly tenderId: string;
  readonly kind: TenderKind;
  readonly amountMinor: number;
  readonly label?: string | undefined;
}

export interface CardPaymentView {
  readonly requestId: string;
  readonly amountMinor: number;
  /** `unknown`: the terminal's answer was lost; it is being asked. */
  readonly state: "waiting" | "unknown";
}

export interface LastSaleView {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly totalMinor: number;
  readonly changeMinor: number;
  readonly tenders: readonly SettledTender[];
}

/** A sale put aside at any till of the store. */
export interface SuspendedView {
  readonly suspensionId: string;
  /** Null while this till has not heard of that till's enrolment. */
  readonly tillNumber: number | null;
  readonly suspendedAtMs: number;
  readonly by: string;
  readonly note: string | null;
  readonly lines: number;
  readonly totalMinor: number;
  readonly firstLine: string | null;
}

export interface ProductView {
  readonly sku: string;
  readonly name: string;
  readonly brand: string | null;
  readonly category: string | null;
  readonly gtin: string | null;
  readonly plu: string | null;
  readonly priceMinor: number | null;
  readonly unit: "each" | "kg";
  readonly stockMilli: number;
}

interface ReceiptHead {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly kind: "sale" | "return";
  readonly tillNumber: number;
  readonly atMs: number;
  readonly businessDate: string;
  /** Name of who rang it up. */
  readonly by: string;
  readonly totalMinor: number;
}

/** A completed sale as the back office and the return screen see it. */
export interface ReceiptView extends ReceiptHead {
  readonly currency: string;
  readonly lines: readonly ReceiptLineView[];
  readonly netMinor: number;
  readonly taxes: readonly TaxAmount[];
  readonly tenders: readonly SettledTender[];
  readonly changeMinor: number;
  readonly copies: number;
}

export interface ReceiptLineView {
  readonly lineNo: number;
  readonly sku: string | null;
  readonly name: string;
  readonly quantityMilli: number;
  readonly unit: "each" | "kg";
  readonly unitPriceMinor: number;
  readonly amountMinor: number;
  /** Sold − already returned, as far as this till knows. */
  readonly returnableMilli: number;
}

/** A completed sale in a list. */
export interface ReceiptSummaryView extends ReceiptHead {
  readonly lines: number;
}

/** The status bar. Every part is a state and, where a person must act, the remedy's message key. */
export interface StatusView {
  readonly network: NetworkView;
  readonly printer: DeviceView;
  readonly scanner: DeviceView;
  readonly drawer: DeviceView;
  readonly payment: DeviceView;
  readonly printQueue: {
    readonly waiting: number;
    readonly unknown: number;
    readonly failed: number;
  };
  /** Null while the ledger is healthy; else the sale cannot go on and this says why. */
  readonly ledgerProblem: LedgerProblem | null;
  /** Null once the store's goods are in; else how far they are. */
  readonly snapshot: SnapshotView | null;
}

/** [D2] The store as it stands is being read whole: by a new till, or because the list of changes broke off. */
export interface SnapshotView {
  readonly why: "new-till" | "too-old" | "cloud-restored";
  /** Rows read, of how many; `total` is 0 until the cloud has said it. */
  readonly done: number;
  readonly total: number;
  /** False while a new till has not all its goods; levels may come while it sells. */
  readonly sellable: boolean;
}

export type LedgerProblem = "disk-full" | "read-only" | "corrupt" | "io-error";

export interface NetworkView {
  readonly state: "online" | "offline" | "unauthorised" | "refused";
  readonly unsent: number;
  readonly oldestUnsentAtMs: number | null;
  readonly provedEqual: boolean;
  readonly provedAtMs: number | null;
}

export interface DeviceView {
  readonly state: "ready" | "attention" | "stopped" | "absent";
  readonly detail: DeviceDetail | null;
  /** How many (scanners). */
  readonly count?: number | undefined;
}

/** What a device says of itself, after UnifiedPOS; screens have words for each. */
export type DeviceDetail =
  | "cover-open"
  | "paper-out"
  | "paper-near-end"
  | "offline"
  | "unreachable"
  | "connecting"
  | "error"
  | "busy"
  | "failure"
  /** Of a drawer. */
  | "open"
  | "closed"
  /** Of scanners: only such as type like a keyboard. */
  | "keyboard-only"
  /** Of scanners: this machine has no way to HID devices. */
  | "no-service";

export interface PrintJobView {
  readonly jobId: string;
  readonly kind: "receipt" | "z-report" | "drawer-kick";
  readonly title: string;
  readonly state: "queued" | "sending" | "printed" | "unknown" | "failed";
  readonly why: string | null;
  readonly createdAtMs: number;
}

export interface TodayView {
  readonly businessDate: string | null;
  readonly sales: number;
  readonly returns: number;
  readonly grossMinor: number;
  readonly returnsMinor: number;
  readonly netMinor: number;
  readonly averageMinor: number;
  readonly items: number;
  readonly cashMinor: number;
  readonly cardMinor: number;
  readonly giftCardMinor: number;
  /** 24 entries, by local hour. */
  readonly salesByHour: readonly {
    readonly hour: number;
    readonly sales: number;
    readonly totalMinor: number;
  }[];
  readonly topProducts: readonly {
    readonly sku: string;
    readonly name: string;
    readonly quantityMilli: number;
    readonly amountMinor: number;
  }[];
  /** The same weekday a week before, up to this time of day; null where nothing was sold then. */
  readonly weekBefore: WeekBeforeView | null;
  /** Goods whose stock fell below zero: two tills sold the last piece. */
  readonly oversold: readonly StockView[];
}

export interface WeekBeforeView {
  readonly businessDate: string;
  readonly turnoverMinor: number;
  readonly receipts: number;
  readonly averageMinor: number;
  readonly items: number;
}

export interface StockView {
  readonly sku: string;
  readonly name: string;
  readonly gtin: string | null;
  readonly category: string | null;
  readonly unit: "each" | "kg";
  readonly priceMinor: number | null;
  readonly stockMilli: number;
  /** [C2] Null for a good that nobody has counted. */
  readonly counted: LatestCountView | null;
}

export interface StockMovementView {
  readonly atMs: number;
  /** Of a count: its variance, so that all of a good's movements add up to its level. */
  readonly deltaMilli: number;
  readonly reason: "sale" | "return" | "opening" | "count" | MoveReason;
  readonly tillNumber: number | null;
  readonly receiptNumber: string | null;
  readonly saleId: string | null;
}

export interface ShiftSummaryView {
  readonly shiftId: string;
  /** 0 for a till that has not introduced itself to this one yet. */
  readonly tillNumber: number;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly closedAtMs: number | null;
  readonly openedBy: string;
  /** Present once closed. */
  readonly z: ZReport | null;
  /** Running totals of an open shift of this till. */
  readonly running: ShiftTotals | null;
}

/** The sync centre: both sides' word, and whether they are proved equal. */
export interface SyncView {
  readonly network: NetworkView;
  readonly terminalId: string;
  readonly epoch: number;
  readonly local: { readonly seq: number; readonly hash: string };
  readonly acked: { readonly seq: number; readonly hash: string };
  readonly cloud: { readonly seq: number; readonly hash: string } | null;
  readonly cursor: number;
  readonly feedEnd: number | null;
  readonly clockSkewMs: number | null;
  /** In the engine's own words, for support; `breaker` and `trouble` have words on the screen. */
  readonly lastError: string | null;
  readonly trouble: LineTrouble | null;
  readonly breaker: BreakerView;
  readonly parked: readonly { readonly seq: number; readonly reason: string }[];
  /** Null for a till that stands alone, and while no other till of the store is heard. */
  readonly hub: HubView | null;
}

/**
 * Why a line does not carry: no answer, one that came too late, a secret that is not known, a request that
 * is too large or wrong in itself; `here`: something of this till, such as a full disk.
 */
export type LineTrouble =
  | "unreachable"
  | "timeout"
  | "unauthorised"
  | "too-large"
  | "refused"
  | "here";

/** [L1] The circuit breaker of the line to the cloud. Times are the till's own. */
export interface BreakerView {
  readonly state: "closed" | "open" | "probing";
  /** Since when it is closed, or since when it is not; null before the first answer. */
  readonly sinceMs: number | null;
  /** Failures in a row. */
  readonly failures: number;
  /** Null while no probe is planned. */
  readonly nextTryAtMs: number | null;
  /** Why it opened last; null when it never did since the till started. */
  readonly last: { readonly kind: LineTrouble; readonly atMs: number } | null;
}

/** The till that passes sales between the store's tills, also while the internet is down. */
export interface HubView {
  readonly tillNumber: number;
  readonly isSelf: boolean;
  /** Whether it has every fact of this till. */
  readonly isShared: boolean;
}
