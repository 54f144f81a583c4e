import type { TaxAmount } from "../pricing/price-cart.ts";
import type { Uuid } from "../values/id.ts";
import type { BusinessDate } from "../values/time.ts";

/** The stored, immutable document of a closed shift. Made from running totals, whatever the number of sales. */
export interface ZReport {
  readonly zNumber: number;
  readonly shiftId: Uuid;
  readonly businessDate: BusinessDate;
  readonly currency: string;
  readonly openedAtMs: number;
  readonly closedAtMs: number;
  readonly openedBy: string;
  readonly closedBy: string;
  readonly firstReceiptNumber: string | null;
  readonly lastReceiptNumber: string | null;
  readonly floatMinor: number;
  readonly countedMinor: number;
  readonly expectedMinor: number;
  /** Counted − expected. Negative: money is missing. */
  readonly varianceMinor: number;
  /** Why the count differed, in the words of who closed; absent where it did not. */
  readonly reason?: string | undefined;
  readonly totals: ShiftTotals;
  /** Since the terminal was born; survives upgrades, never reset. */
  readonly perpetual: PerpetualTotals;
}

export interface ShiftTotals {
  readonly sales: number;
  readonly returns: number;
  readonly voids: number;
  readonly noSales: number;
  readonly linesRemoved: number;
  readonly reprints: number;
  /** Sum of positive receipts' totals. */
  readonly grossMinor: number;
  /** Sum of negative receipts' totals, ≤ 0. */
  readonly returnsMinor: number;
  readonly cashMinor: number;
  readonly cardMinor: number;
  /** Absent in shifts of before gift cards. */
  readonly giftCardMinor?: number | undefined;
  readonly taxes: readonly TaxAmount[];
}

export interface PerpetualTotals {
  readonly grandTotalMinor: number;
  readonly returnsTotalMinor: number;
  readonly receipts: number;
}
