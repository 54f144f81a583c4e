import type { ZReport } from "../../domain/shift/z-report.ts";
import type { ExceptionView, ParkedExport, ParkedView } from "./exception-views.ts";
import type { AccountView } from "./account-view.ts";
import type { Inputs } from "./inputs.ts";
import type { OfficeOutcomes } from "./office-outcomes.ts";
import type { ProductEditView, ScheduledPriceView } from "./product-views.ts";
import type { StockOutcomes } from "./stock-outcomes.ts";
import type {
  PrintJobView,
  ProductView,
  ReceiptSummaryView,
  ReceiptView,
  RegisterView,
  ShiftCountView,
  ShiftSummaryView,
  StatusView,
  StockMovementView,
  StockView,
  SuspendedView,
  SyncView,
  TodayView,
} from "./views.ts";

/** First thing exchanged; a screen of another version is told to reload. */
export const contractVersion = 1;

/** Output and expected failures of every operation. Inputs are parsed by `inputs.ts`. */
interface Outcomes extends StockOutcomes, OfficeOutcomes {
  "register.view": { output: RegisterView; failure: never };
  "people.list": {
    output: { personId: string; name: string; role: "cashier" | "manager" }[];
    failure: never;
  };
  "session.sign-in": {
    output: RegisterView;
    failure:
      | { type: "WrongPin"; triesLeft: number }
      | { type: "LockedOut"; untilMs: number }
      | { type: "UnknownPerson" };
  };
  "session.sign-out": { output: RegisterView; failure: SaleIsOpen };
  "shift.open": { output: RegisterView; failure: NotSignedIn | { type: "ShiftAlreadyOpen" } };
  "shift.count": { output: ShiftCountView; failure: NotSignedIn | NoShift | SaleIsOpen };
  "shift.close": {
    output: ZReport;
    failure: NotSignedIn | NoShift | SaleIsOpen | { type: "NotCounted" } | { type: "ReasonNeeded" };
  };

  /** Prints a stored Z again, marked COPY. */
  "shift.reprint": { output: { copy: number }; failure: NotSignedIn | { type: "UnknownShift" } };

  "cart.scan": { output: RegisterView; failure: CartFailure | ScanFailure };
  "cart.add-product": { output: RegisterView; failure: CartFailure | UnknownProduct | PriceNeeded };
  "cart.add-open-item": { output: RegisterView; failure: CartFailure | UnknownTaxCategory };
  "cart.set-quantity": { output: RegisterView; failure: CartFailure | UnknownLine };
  "cart.remove-line": { output: RegisterView; failure: CartFailure | UnknownLine };
  "cart.void": { output: RegisterView; failure: CartFailure | EmptyCart };
  "cart.suspend": { output: RegisterView; failure: CartFailure | EmptyCart };
  "cart.suspended": { output: SuspendedView[]; failure: never };
  "cart.recall": {
    output: RegisterView;
    failure: NotSignedIn | NoShift | SaleIsOpen | { type: "UnknownCart" } | TakenElsewhere;
  };

  /** Completes the sale by itself when what was taken covers what is owed. */
  "tender.cash": { output: RegisterView; failure: TenderFailure };
  /** Starts a card payment; the outcome arrives by the `register` topic. */
  "tender.card": {
    output: RegisterView;
    failure:
      | TenderFailure
      | { type: "MoreThanDue" }
      | { type: "CardPaymentUnderWay" }
      | PaymentTerminalAbsent;
  };
  "tender.cancel-card": { output: RegisterView; failure: TenderFailure };
  /** [C5] Completes the sale by itself when it covers what is owed. */
  "tender.gift-card": {
    output: RegisterView;
    failure: TenderFailure | AccountFailure | { type: "MoreThanDue" };
  };
  /** [C5] Sells an amount on a gift card, new or known: a line of the sale. It counts when the sale is paid. */
  "gift-card.load": {
    output: RegisterView;
    failure: CartFailure | { type: "BadAccountNumber" } | { type: "NoUntaxedCategory" };
  };
  "account.view": { output: AccountView; failure: { type: "BadAccountNumber" } };
  /** [C5] A manager's word outside a sale: points given, a card put right. */
  "account.move": {
    output: AccountView;
    failure: NotSignedIn | ManagerNeeded | Exclude<AccountFailure, { type: "OfflineLimit" }>;
  };
  "tender.remove": { output: RegisterView; failure: TenderFailure | { type: "UnknownTender" } };
  /** For receipts that owe nothing, or give money back in cash. */
  "tender.refund-cash": {
    output: RegisterView;
    failure: TenderFailure | { type: "NothingToRefund" };
  };

  "return.lookup": { output: ReceiptView; failure: UnknownReceipt };
  "return.add-lines": {
    output: RegisterView;
    failure:
      | CartFailure
      | UnknownReceipt
      | { type: "MoreThanSold"; lineNo: number; returnableMilli: number }
      /** [C5] What was loaded on a gift card is not on it any more. */
      | { type: "BalanceTooLow"; balanceMinor: number };
  };

  /** Goods that come back without a receipt: a manager's decision. */
  "return.add-product": {
    output: RegisterView;
    failure: CartFailure | UnknownProduct | PriceNeeded | ManagerNeeded;
  };
  "return.add-open-item": {
    output: RegisterView;
    failure: CartFailure | UnknownTaxCategory | ManagerNeeded;
  };

  "receipt.list": { output: ReceiptSummaryView[]; failure: never };
  "receipt.get": { output: ReceiptView; failure: UnknownReceipt };
  "receipt.reprint": { output: { copy: number }; failure: NotSignedIn | UnknownReceipt };
  "drawer.open": { output: RegisterView; failure: NotSignedIn | NoShift };

  "catalogue.search": { output: ProductView[]; failure: never };
  /** Makes a good at the till, for a code the store does not know yet; the store learns it by sync. */
  "catalogue.add-product": {
    output: ProductView;
    failure: NotSignedIn | UnknownTaxCategory | { type: "ProductExists"; sku: string };
  };
  "product.view": { output: ProductEditView; failure: UnknownProduct };
  /** [C3] Counts at this till at once, in the whole store after the next sync. */
  "product.edit": {
    output: ProductEditView;
    failure:
      | NotSignedIn
      | ManagerNeeded
      | UnknownProduct
      | UnknownTaxCategory
      | { type: "CodeTaken"; code: string; sku: string; name: string };
  };
  /** [C3] A price from the beginning of a business date on; another one for the same good replaces it. */
  "price.schedule": {
    output: ProductEditView;
    failure: NotSignedIn | ManagerNeeded | UnknownProduct | { type: "DateNotInFuture" };
  };
  "price.cancel": {
    output: ProductEditView;
    failure: NotSignedIn | ManagerNeeded | UnknownProduct | { type: "NothingScheduled" };
  };
  /** The soonest first. */
  "price.scheduled": { output: ScheduledPriceView[]; failure: never };
  "catalogue.groups": { output: { group: string; count: number }[]; failure: never };
  "catalogue.group": { output: ProductView[]; failure: never };

  "status.view": { output: StatusView; failure: never };
  "print.jobs": { output: PrintJobView[]; failure: never };
  "print.retry": { output: PrintJobView[]; failure: UnknownJob };
  /** A person's word on a job whose outcome is unknown: `printed`, or print it again marked COPY. */
  "print.resolve": { output: PrintJobView[]; failure: UnknownJob };

  "today.view": { output: TodayView; failure: never };
  "stock.list": { output: StockView[]; failure: never };
  "stock.movements": { output: StockMovementView[]; failure: never };
  "shifts.list": { output: ShiftSummaryView[]; failure: never };
  /** Open ones first, in each part the newest first. */
  "exceptions.list": { output: ExceptionView[]; failure: never };
  /** A resolution is a fact: it works offline, and every back office sees who gave it. */
  "exceptions.resolve": {
    output: ExceptionView;
    failure:
      | NotSignedIn
      | ManagerNeeded
      | { type: "UnknownException" }
      | { type: "AlreadyResolved" }
      | { type: "NotAResolution"; resolution: string };
  };
  "parked.list": { output: ParkedView[]; failure: never };
  "parked.retry": { output: ParkedView[]; failure: NotSignedIn | ManagerNeeded };
  "parked.export": { output: ParkedExport; failure: never };
  "sync.view": { output: SyncView; failure: never };
  /** Looks at the cloud now instead of at the next turn. */
  "sync.wake": { output: SyncView; failure: never };
}

export type OperationName = keyof Outcomes & keyof Inputs;
export type Input<N extends OperationName> = Inputs[N];
export type Output<N extends OperationName> = Outcomes[N]["output"];
export type Failure<N extends OperationName> = Outcomes[N]["failure"] | HostFailure;

/** What any operation may answer. */
export type HostFailure =
  /** The input did not parse: `issues` say where and why. A bug of the caller, shown all the same. */
  | { type: "BadInput"; issues: string[] }
  /** A bug of the host; `defectId` is in its log, next to the stack. */
  | { type: "Defect"; defectId: string }
  /** The disk refused: nothing was written, nothing is lost; the remedy is on the screen. */
  | { type: "LedgerStopped"; problem: "disk-full" | "read-only" | "corrupt" | "io-error" }
  /** The channel is cut: the host is restarting. The command may be sent again with the same id. */
  | { type: "HostUnreachable" };

type NotSignedIn = { type: "NotSignedIn" };
type NoShift = { type: "NoShift" };
type SaleIsOpen = { type: "SaleIsOpen" };
type EmptyCart = { type: "EmptyCart" };
type UnknownLine = { type: "UnknownLine" };
type UnknownJob = { type: "UnknownJob" };
type UnknownProduct = { type: "UnknownProduct"; sku: string };
type UnknownTaxCategory = { type: "UnknownTaxCategory"; taxCategory: string };
type ManagerNeeded = { type: "ManagerNeeded" };
type UnknownReceipt = { type: "UnknownReceipt" };
/** [H4] Another till was first to take the suspended sale back. */
type TakenElsewhere = { type: "TakenElsewhere" };
type PriceNeeded = { type: "PriceNeeded"; product: ProductView };
type PaymentTerminalAbsent = { type: "PaymentTerminalAbsent" };
/** Money was already taken on this sale: change the lines after giving it back. */
type TendersTaken = { type: "TendersTaken" };
type CartFailure =
  | NotSignedIn
  | NoShift
  | TendersTaken
  | { type: "QuantityOutOfRange" }
  | { type: "AmountTooLarge" };
type TenderFailure =
  | NotSignedIn
  | NoShift
  | EmptyCart
  | { type: "AmountOutOfRange" }
  | { type: "CardPaymentUnderWay" }
  | { type: "NoCardPayment" };
type AccountFailure =
  | { type: "BadAccountNumber" }
  /** Neither the cloud nor this till has heard of it. */
  | { type: "UnknownAccount" }
  | { type: "BalanceTooLow"; balanceMinor: number }
  /** The cloud cannot be asked: so much of the card may still be spent here until it can. */
  | { type: "OfflineLimit"; leftMinor: number };
type ScanFailure =
  | { type: "UnknownCode"; code: string }
  /** The check digit is wrong: read it again, or the label is bad. */
  | { type: "BadBarcode"; code: string; why: "check-digit" | "length" | "characters" }
  | { type: "ReceiptScanned"; receiptNumber: string }
  /** A barcode of the control card: the screen carries it out like the key. */
  | { type: "ControlScanned"; key: string }
  | PriceNeeded;

/** What the host tells without being asked. */
export interface Topics {
  register: RegisterView;
  status: StatusView;
  /** A scan of a device the host owns (HID); the screen routes it like a wedge's. */
  scan: { code: string; symbology: string | null };
  /** Something a back-office page may show has changed. */
  changed: { what: "sales" | "stock" | "shifts" | "sync" | "print" | "catalogue" | "exceptions" };
  /** A card payment ended without approval. */
  "card-refused": { requestId: string; why: "declined" | "aborted" | "unreachable" | "unknown" };
}
export type TopicName = keyof Topics;
