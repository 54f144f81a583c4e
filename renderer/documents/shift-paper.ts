import type { ShiftCountView, ShiftSummaryView, ShiftView } from "../../host/contract/views.ts";
import type { PerpetualTotals, ShiftTotals, ZReport } from "../../domain/shift/z-report.ts";

/** What the paper of a shift says: the stored Z, or the same figures while the shift is still open. */
export interface ShiftPaper {
  /** Null while the shift is open. */
  readonly zNumber: number | null;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly openedBy: string;
  readonly closed: { readonly atMs: number; readonly by: string } | null;
  readonly receipts: { readonly first: string; readonly last: string } | null;
  readonly totals: ShiftTotals;
  readonly floatMinor: number | null;
  /** Null until the drawer was counted: a count is blind. */
  readonly drawer: ShiftCountView | null;
  readonly perpetual: PerpetualTotals | null;
  /** Why the count differed. */
  readonly reason?: string | undefined;
}

export function paperOfZ(z: ZReport): ShiftPaper {
  const { firstReceiptNumber: first, lastReceiptNumber: last } = z;
  return {
    zNumber: z.zNumber,
    businessDate: z.businessDate,
    openedAtMs: z.openedAtMs,
    openedBy: z.openedBy,
    closed: { atMs: z.closedAtMs, by: z.closedBy },
    receipts: first === null || last === null ? null : { first, last },
    totals: z.totals,
    floatMinor: z.floatMinor,
    drawer: z,
    perpetual: z.perpetual,
    reason: z.reason,
  };
}

/** `own` is this till's open shift as the register sees it; null for another till's. */
export function paperOfOpenShift(
  summary: ShiftSummaryView,
  totals: ShiftTotals,
  own: ShiftView | null,
): ShiftPaper {
  return {
    zNumber: null,
    businessDate: summary.businessDate,
    openedAtMs: summary.openedAtMs,
    openedBy: summary.openedBy,
    closed: null,
    receipts: null,
    totals,
    floatMinor: own?.floatMinor ?? null,
    drawer: own?.counted ?? null,
    perpetual: null,
  };
}
