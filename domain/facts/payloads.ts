import type { CompletedSale } from "../sale/completed-sale.ts";
import type { ZReport } from "../shift/z-report.ts";
import type { Uuid } from "../values/id.ts";
import type { BusinessDate } from "../values/time.ts";

/** The payload of each fact type. A type is added here, never changed once shops have written it. */
export interface FactPayloads {
  "terminal.enrolled": { storeId: Uuid; tillNumber: number; program: string };
  "person.signed-in": { personId: Uuid };
  "person.signed-out": { personId: Uuid };
  /** A wrong PIN; `lockedUntilMs` when this one locked the person out. */
  "person.sign-in-refused": { personId: Uuid; lockedUntilMs?: number | undefined };
  "shift.opened": { businessDate: BusinessDate; floatMinor: number };
  /** A blind count: written before the counter was shown what was expected. */
  "shift.counted": { countedMinor: number; expectedMinor: number; denominations: Denomination[] };
  "shift.closed": { z: ZReport; reason?: string | undefined };
  "sale.completed": CompletedSale;
  "return.completed": CompletedSale;
  "sale.voided": { cartId: Uuid; reason: string; lines: number; totalMinor: number };
  "sale.suspended": { cartId: Uuid; lines: number; totalMinor: number; note?: string | undefined };
  "sale.recalled": { cartId: Uuid };
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
  /** A good made at the till because its code was unknown. */
  "product.added": ProductAdded;
  /** A person's word on a print job whose outcome the printer never told. */
  "print.resolved": { jobId: Uuid; printed: boolean };
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
