/** Why the disk would not take or give what was asked. `null`: it is a bug, not the disk. */
export type LedgerProblem = "disk-full" | "read-only" | "corrupt" | "io-error";

/** Sorts SQLite's errors into what a person can act on. https://www.sqlite.org/rescode.html */
export function ledgerProblemOf(error: unknown): LedgerProblem | null {
  const code = codeOf(error);
  if (code.startsWith("SQLITE_FULL") || code === "ENOSPC" || code === "EDQUOT") return "disk-full";
  if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) return "read-only";
  if (code.startsWith("SQLITE_PERM") || code === "EROFS" || code === "EACCES") return "read-only";
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB")) return "corrupt";
  if (code.startsWith("SQLITE_IOERR")) return "io-error";
  return null;
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
