import type { Database } from "better-sqlite3";
import type { ParkedFact, RaisedException, StoreException, StorePort } from "../store-port.ts";
import type { Numbers } from "./numbers.ts";

/** Inside or outside a transaction. */
export type RaiseException = (exception: RaisedException) => void;

export function createRaiseException(db: Database, numbers: Numbers): RaiseException {
  const raise = db.prepare(
    `INSERT INTO exception (store_no, kind, subject, detail, times, first_at_ms, last_at_ms)
     VALUES (?, ?, ?, ?, 1, ?, ?)
     ON CONFLICT (store_no, kind, subject) WHERE resolved_at_ms IS NULL
     DO UPDATE SET detail = excluded.detail, times = times + 1, last_at_ms = excluded.last_at_ms`,
  );
  return ({ storeId, kind, subject, detail, atMs }) => {
    raise.run(numbers.store(storeId), kind, subject, detail, atMs, atMs);
  };
}

/** What people look at. */
export function createExceptionLists(
  db: Database,
  numbers: Numbers,
): Pick<StorePort, "exceptions" | "parked"> {
  const exceptions = db.prepare<[number, number], StoreException>(
    `SELECT CAST(exception_no AS TEXT) AS exceptionId, kind, subject, detail, times,
       first_at_ms AS firstAtMs, last_at_ms AS lastAtMs
     FROM exception WHERE store_no = ? AND resolved_at_ms IS NULL
     ORDER BY last_at_ms DESC, exception_no DESC LIMIT ?`,
  );
  const parked = db.prepare<[number, number], ParkedFact>(
    `SELECT terminal_id AS terminalId, epoch, seq, reason, body, received_at_ms AS receivedAtMs
     FROM fact JOIN terminal USING (terminal_no)
     WHERE verdict = 'parked' AND store_no = ? ORDER BY fact_no DESC LIMIT ?`,
  );
  return {
    exceptions: async (storeId, limit) => exceptions.all(numbers.store(storeId), limit),
    parked: async (storeId, limit) => parked.all(numbers.store(storeId), limit),
  };
}
