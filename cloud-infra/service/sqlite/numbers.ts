import type { Database } from "better-sqlite3";
import { present } from "../../../domain/values/assert.ts";

/**
 * Ids from outside as the small integers that rows refer to. Numbers never change, so they are
 * kept.
 */
export interface Numbers {
  /** Asserts that the store is there: callers come through the authorizer. */
  store(storeId: string): number;
  terminal(terminalId: string): number;
}

export function createNumbers(db: Database): Numbers {
  return {
    store: numberedBy(db, "SELECT store_no FROM store WHERE store_id = ?", "store"),
    terminal: numberedBy(db, "SELECT terminal_no FROM terminal WHERE terminal_id = ?", "terminal"),
  };
}

function numberedBy(db: Database, sql: string, what: string): (id: string) => number {
  const select = db.prepare<[string], number>(sql).pluck();
  const known = new Map<string, number>();
  return (id) => {
    const number = known.get(id) ?? present(select.get(id), `${what} ${id}`);
    known.set(id, number);
    return number;
  };
}
