/** Why the disk would not take or give what was asked. `null`: it is a bug, not the disk. */
export type LedgerProblem = "disk-full" | "read-only" | "corrupt" | "io-error";

/** A problem that SQLite itself did not name. */
export class LedgerProblemError extends Error {
  override readonly name = "LedgerProblemError";
  readonly problem: LedgerProblem;
  constructor(problem: LedgerProblem, message: string, cause: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}

/** States what must be true of rows as they were written: where it is not, the file was damaged. */
export function assertUndamaged(condition: unknown, fact: string): asserts condition {
  if (!condition) throw new LedgerProblemError("corrupt", `Not as it was written: ${fact}`, null);
}

/** Sorts SQLite's errors into what a person can act on. https://www.sqlite.org/rescode.html */
export function ledgerProblemOf(error: unknown): LedgerProblem | null {
  if (error instanceof LedgerProblemError) return error.problem;
  const code = codeOf(error);
  if (code.startsWith("SQLITE_FULL") || isFull(code)) return "disk-full";
  if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) return "read-only";
  if (code.startsWith("SQLITE_PERM") || isReadOnly(code)) return "read-only";
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB")) return "corrupt";
  // Nothing that is written here is so long: a length that damage made up.
  if (code === "SQLITE_TOOBIG") return "corrupt";
  if (code.startsWith("SQLITE_IOERR")) return "io-error";
  return null;
}

/** No room on the disk, in this user's quota, or in the largest file this user may write. */
function isFull(code: string): boolean {
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}

function isReadOnly(code: string): boolean {
  return code === "EROFS" || code === "EACCES" || code === "EPERM";
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
