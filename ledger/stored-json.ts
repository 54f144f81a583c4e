import { LedgerProblemError } from "./problem.ts";

/** JSON that this program wrote. What cannot be read back was damaged on the disk, and is said as that. */
export function storedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LedgerProblemError("corrupt", "A row of the ledger cannot be read back.", error);
  }
}
