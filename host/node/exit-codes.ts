/**
 * How a till's programs end, for the one that started them and for scripts. The numbers follow
 * sysexits.h and stay clear of signals, which some systems report in the same place.
 */
export const exitCodes = {
  /** A bug, or the machine refused something that starting again may mend. */
  failed: 1,
  /** The command line or a file it names is wrong. */
  usage: 64,
  /** The port that was asked for is taken. */
  portTaken: 69,
  /** The ledger does not open: a person must look. */
  ledgerProblem: 74,
  /** Facts are unsent, or a sale is open: an update or an uninstall has to wait. */
  unsent: 71,
  /** Another process has this data folder. */
  inUse: 75,
  /** The store server did not let this till in. */
  notEnrolled: 77,
} as const;

const final: ReadonlySet<number | null> = new Set([
  exitCodes.usage,
  exitCodes.portTaken,
  exitCodes.ledgerProblem,
  exitCodes.inUse,
  exitCodes.notEnrolled,
]);

/** Ends that starting again cannot mend. */
export function isFinal(code: number | null): boolean {
  return final.has(code);
}
