import { type LedgerProblem, ledgerProblemOf } from "../../../ledger/problem.ts";
import { exitCodes } from "../exit-codes.ts";
import { PortTakenError } from "./ports.ts";
import { ChildFailedError } from "./supervise.ts";

/** Ends the start with a sentence and an exit code. */
export class StartRefused extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What the disk says to the launcher itself, before any ledger was opened. */
const diskWords: Readonly<Record<LedgerProblem, string>> = {
  "disk-full": "The disk is full. Make room on it and start again; nothing that was sold is lost.",
  "read-only":
    "The data folder cannot be written. Give this user the right to write there, or choose another " +
    "folder with --data.",
  corrupt: "A file in the data folder is damaged. Keep a copy of the folder, then look at this:",
  "io-error": "The disk does not answer as it should. Check it, and start again.",
};

/** Why the household did not start, in words for the person at the terminal; a stack only for a bug. */
export function explainFailure(error: unknown): { message: string; exitCode: number } {
  if (!(error instanceof Error)) return { message: String(error), exitCode: exitCodes.failed };
  const { message } = error;
  if (error instanceof StartRefused) return { message, exitCode: error.exitCode };
  if (error instanceof PortTakenError) return { message, exitCode: exitCodes.portTaken };
  if (error instanceof ChildFailedError) {
    return { message, exitCode: error.code ?? exitCodes.failed };
  }
  if (error.name === "CatalogueUnreadableError") return { message, exitCode: exitCodes.usage };
  const problem = ledgerProblemOf(error);
  if (problem !== null) {
    return { message: `${diskWords[problem]} (${message})`, exitCode: exitCodes.ledgerProblem };
  }
  const stack = error.stack ?? message;
  return { message: `Evertill could not start: ${stack}`, exitCode: exitCodes.failed };
}
