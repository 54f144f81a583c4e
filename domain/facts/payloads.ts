import type { AccountMove } from "../account/account-move.ts";
import type { ProductChanges } from "../catalogue/product-edit.ts";
import type { CartLine } from "../sale/cart.ts";
import type { CompletedSale } from "../sale/completed-sale.ts";
import type { ZReport } from "../shift/z-report.ts";
import type { Uuid } from "../values/id.ts";
import type { StockCounted, StockMoved } from "../stock/stock-facts.ts";
import type { ClockMeasured } from "../values/clock-reading.ts";
import type { BusinessDate } from "../values/time.ts";

/** The payload of each fact type. A type is added here, never changed once shops have written it. */
export interface FactPayloads {
  "terminal.enrolled": { storeId: Uuid; tillNumber: number; program: string };
  "person.signed-in": { personId: Uuid };
  /** `revoked`: [C6] the cloud took the person's leave to sell away; the till ended the session. */
  "person.signed-out": { personId: Uuid; revoked?: boolean | undefined };
  /** A wrong PIN; `lockedUntilMs` when this one locked the person out. */
  "person.sign-in-refused": { personId: Uuid; lockedUntilMs?: number | undefined };
  "shift.opened": { businessDate: BusinessDate; floatMinor: number };
  /** A blind count: written before the counter was shown what was expected. */
  "shift.counted": { countedMinor: number; expectedMinor: number; denominations: Denomination[] };
  "shift.closed": { z: ZReport; reason?: string | undefined };
  "sale.completed": CompletedSale;
  "return.completed": CompletedSale;
  "sale.voided": { cartId: Uuid; reason: string; lines: number; totalMinor: number };
  /** `goods` is what another till needs to take the sale back; absent from older tills. */
  "sale.suspended": {
    cartId: Uuid;
    lines: number;
    totalMinor: number;
    note?: string | undefined;
    goods?: readonly CartLine[] | undefined;
  };
  /** `suspension` is the id of the fact that suspended it, at whichever till. */
  "sale.recalled": { cartId: Uuid; suspension?: Uuid | undefined };
  /** A line taken out of an open sale: the classic way to steal, so it is kept. */
  "line.removed": {
    cartId: Uuid;
    sku: string | null;
    name: string;
    quantityMilli: number;
    amountMinor: number;
  };
  /** The drawer opened without a sale. */
  "drawer.no-sale": { reason: string };
  "receipt.reprinted": { saleId: Uuid; receiptNumber: string; copy: number };
  /** A stored Z printed again, marked COPY. */
  "z.reprinted": { shiftId: Uuid; zNumber: number; copy: number };
  /** A good made at the till because its code was unknown. */
  "product.added": ProductAdded;
  /** [C3] Fields of a good changed in a store. */
  "product.edited": ProductEdited;
  /** A person's answer to an exception. */
  "exception.resolved": ExceptionResolved;
  /** [C5] A gift card or points changed by hand, outside a sale. */
  "account.moved": AccountMoved;
  /** A person's word on a print job whose outcome the printer never told. */
  "print.resolved": { jobId: Uuid; printed: boolean };
  /** Goods that came or went otherwise than by a sale. */
  "stock.moved": StockMoved;
  /** [C2] What lay on the shelf. */
  "stock.counted": StockCounted;
  /** [L1] How the till's clock stood to the cloud's: what times of its later facts are read by. */
  "clock.measured": ClockMeasured;
}

export interface Denomination {
  readonly valueMinor: number;
  readonly count: number;
}

export interface ProductAdded {
  readonly sku: string;
  readonly name: string;
  readonly gtins: readonly string[];
  readonly priceMinor: number | null;
  readonly unit: "each" | "kg";
  readonly taxCategory: string;
}

export interface ProductEdited {
  readonly sku: string;
  readonly changes: ProductChanges;
  /** By changed field: the version that the person saw. */
  readonly base: { readonly [field: string]: string };
  /** The store's corrected time, and later than every version it is based on. */
  readonly stampMs: number;
}

export interface ExceptionResolved {
  readonly exceptionId: string;
  /** With the subject: an id alone could be another exception's after a cloud was restored. */
  readonly kind: string;
  readonly subject: string;
  readonly resolution: string;
  /** [C2] Of `count-uncertain`: the last movement that the answer speaks of. */
  readonly through?: { readonly epoch: number; readonly seq: number } | undefined;
  /** [C3] Of `edit-conflict`: the version that stood when the answer was given. */
  readonly base?: string | undefined;
  readonly note?: string | undefined;
}

export interface AccountMoved extends AccountMove {
  readonly reason: string;
}
