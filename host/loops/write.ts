import { ledgerProblemOf } from "../../ledger/problem.ts";
import { setLedgerProblem } from "../announce.ts";
import { reload, type Till } from "../state/till.ts";

/**
 * A transaction of a loop. Where the disk refuses, the status bar says so, memory goes back to what is
 * written, and the error is thrown on: the loop tries again in a while.
 */
export function writeInLoop(till: Till, work: () => void): void {
  const { lastSale } = till;
  try {
    till.ledger.write(work);
  } catch (error) {
    sayProblem(till, error);
    till.lastSale = lastSale;
    reload(till);
    throw error;
  }
  setLedgerProblem(till, null);
}

/** Shows a problem of the ledger that a loop met. */
export function sayProblem(till: Till, error: unknown): void {
  const problem = ledgerProblemOf(error);
  if (problem !== null) setLedgerProblem(till, problem);
}
