/** Why the disk would not take or give what was asked. `null`: it is a bug, not the disk. */
export type LedgerProblem = "disk-full" | "read-only" | "corrupt" | "io-error";

/** The disk refused a write; `problem` is its own word where SQLite only knew "I/O error". */
export class DiskRefusedError extends Error {
  override readonly name = "DiskRefusedError";
  readonly problem: LedgerProblem;
  constructor(problem: LedgerProblem, cause: unknown) {
    super(`The disk refuses: ${problem}`, { cause });
    this.problem = problem;
  }
}

/** Sorts SQLite's errors into what a person can act on. https://www.sqlite.org/rescode.html */
export function ledgerProblemOf(error: unknown): LedgerProblem | null {
  if (error instanceof DiskRefusedError) return error.problem;
  const code = codeOf(error);
  if (code.startsWith("SQLITE_FULL") || code === "ENOSPC" || code === "EDQUOT") return "disk-full";
  if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) return "read-only";
  if (code.startsWith("SQLITE_PERM") || isReadOnly(code)) return "read-only";
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB")) return "corrupt";
  // Nothing that is written here is so long: a length that damage made up.
  if (code === "SQLITE_TOOBIG") return "corrupt";
  if (code.startsWith("SQLITE_IOERR")) return "io-error";
  return null;
}

function isReadOnly(code: string): boolean {
  return code === "EROFS" || code === "EACCES" || code === "EPERM";
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
