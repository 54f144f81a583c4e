import { LedgerTooNewError } from "../../ledger/migrations/migrate.ts";
import { LedgerInUseError } from "../../ledger/open-database.ts";
import { type LedgerProblem, ledgerProblemOf } from "../../ledger/problem.ts";
import { NotEnrolledError, OtherTillsLedgerError } from "../create-host.ts";
import { EnrolmentRefusedError } from "./enrolment.ts";
import { exitCodes } from "./exit-codes.ts";
import { UsageError } from "./till-options.ts";

/** Why a till did not open, for the person in front of it. */
export interface StartFailure {
  readonly exitCode: number;
  readonly message: string;
}

const remedies: Readonly<Record<LedgerProblem, string>> = {
  "disk-full": "The disk is full. Make room on it and start again; nothing that was sold is lost.",
  "read-only": "The ledger cannot be written. Give this user the right to write in its folder.",
  corrupt:
    "The ledger is damaged. Do not delete it: run `npx evertill ledger verify` with its --data folder, " +
    "and keep a copy. Everything that was sent is safe in the store server.",
  "io-error": "The disk does not answer as it should. Check it, and start again.",
};

/** Sorts what `openTill` throws. */
export function explainStart(error: unknown): StartFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) return { exitCode: exitCodes.usage, message };
  if (error instanceof LedgerInUseError) return { exitCode: exitCodes.inUse, message };
  if (error instanceof NotEnrolledError || error instanceof EnrolmentRefusedError) {
    return { exitCode: exitCodes.notEnrolled, message };
  }
  if (error instanceof OtherTillsLedgerError) return { exitCode: exitCodes.notEnrolled, message };
  if (error instanceof LedgerTooNewError) return { exitCode: exitCodes.ledgerProblem, message };
  if (isPortTaken(error)) {
    return { exitCode: exitCodes.portTaken, message: `The till's port is taken: ${message}` };
  }
  const problem = ledgerProblemOf(error);
  if (problem !== null) {
    return { exitCode: exitCodes.ledgerProblem, message: `${remedies[problem]} (${message})` };
  }
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  return { exitCode: exitCodes.failed, message: `Evertill could not start: ${stack}` };
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
