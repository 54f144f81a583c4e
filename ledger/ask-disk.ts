import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { type LedgerProblem, LedgerProblemError, ledgerProblemOf } from "./problem.ts";

/**
 * SQLite tells a quota and a file that became read-only from a broken disk no more than "I/O error": then the
 * disk is asked itself, so that a person hears the remedy that helps. Every other error comes back as it is.
 */
export function explainedByDisk(error: unknown, path: string): unknown {
  if (ledgerProblemOf(error) !== "io-error") return error;
  const problem = refusalOf(path);
  if (problem === null) return error;
  return new LedgerProblemError(problem, `The disk refuses: ${problem}`, error);
}

function refusalOf(path: string): LedgerProblem | null {
  const probe = `${path}.probe`;
  try {
    for (const file of [path, `${path}-wal`]) closeSync(openSync(file, "r+"));
    const file = openSync(probe, "w");
    try {
      writeSync(file, Buffer.alloc(4_096));
    } finally {
      closeSync(file);
      rmSync(probe, { force: true });
    }
    return null;
  } catch (error) {
    return ledgerProblemOf(error);
  }
}
