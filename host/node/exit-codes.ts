/** How a till's programs end, for the one that started them and for scripts. */
export const exitCodes = {
  done: 0,
  /** A bug, or the machine refused something that starting again may mend. */
  failed: 1,
  /** The command line or a file it names is wrong. */
  usage: 2,
  /** Another process has this data folder. */
  inUse: 3,
  /** The ledger does not open: a person must look. */
  ledgerProblem: 4,
  /** The store server does not let this till in, or cannot be reached for the enrolment. */
  notEnrolled: 5,
  /** The port that was asked for is taken. */
  portTaken: 6,
} as const;

/** Ends that starting again cannot mend. */
export function isFinal(code: number | null): boolean {
  return code !== null && code >= exitCodes.usage && code <= exitCodes.portTaken;
}
