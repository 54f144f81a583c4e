import type { Database } from "better-sqlite3";
import type { Head } from "../../../sync/protocol/wire.ts";
import type { Numbers } from "./numbers.ts";

/** [C5] How far a terminal was heard of in its newest epoch; null before its first fact, and for nobody. */
export type NewestChain = (terminalId: string | undefined) => Head | null;

export function createNewestChain(db: Database, numbers: Numbers): NewestChain {
  const select = db.prepare<[number], Head>(
    "SELECT epoch, seq, hash FROM chain WHERE terminal_no = ? ORDER BY epoch DESC LIMIT 1",
  );
  return (terminalId) => {
    if (terminalId === undefined) return null;
    return select.get(numbers.terminal(terminalId)) ?? null;
  };
}
