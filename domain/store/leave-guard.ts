/** What a person is about to do with a till. */
export type Leaving = "sign-out" | "close" | "update" | "uninstall";

export type LeaveReason = "unsent" | "sale-open";

/** [P2] How a till stands when somebody wants to leave it, update it or take it away. */
export interface Leavable {
  readonly unsent: number;
  readonly isSaleOpen: boolean;
  readonly isShiftOpen: boolean;
}

/** [P2] What to tell, and whether it keeps the person from it. */
export interface LeaveVerdict {
  readonly mayGo: boolean;
  readonly reasons: readonly LeaveReason[];
}

/**
 * [P2] A cashier is never kept from leaving: signing out at the day's end warns of what is unsent, in the
 * middle of a shift it does not even do that. Closing the program warns whenever something would wait for its
 * next start, the open sale included, and goes when it is asked again. An update waits for the open sale and for what is unsent; an
 * uninstall waits for what is unsent, and for the sale that would be lost with the ledger.
 */
export function judgeLeaving(what: Leaving, till: Leavable): LeaveVerdict {
  const unsent: readonly LeaveReason[] = till.unsent > 0 ? ["unsent"] : [];
  const all: readonly LeaveReason[] = till.isSaleOpen ? ["sale-open", ...unsent] : unsent;
  switch (what) {
    case "close":
      return { mayGo: true, reasons: all };
    case "sign-out":
      return { mayGo: true, reasons: till.isShiftOpen ? [] : unsent };
    case "update":
    case "uninstall":
      return { mayGo: all.length === 0, reasons: all };
  }
}
