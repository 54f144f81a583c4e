import type { Database } from "better-sqlite3";
import type { ParkedFact, StorePort } from "../store-port.ts";
import type { Numbers } from "./numbers.ts";

/** [U4] Facts without effect, the newest first. */
export function createParkedList(db: Database, numbers: Numbers): Pick<StorePort, "parked"> {
  const parked = db.prepare<[number, number], ParkedFact>(
    `SELECT terminal_id AS terminalId, epoch, seq, reason, body, received_at_ms AS receivedAtMs
     FROM fact INDEXED BY fact_parked JOIN terminal USING (terminal_no)
     WHERE verdict = 'parked' AND store_no = ? ORDER BY fact_no DESC LIMIT ?`,
  );
  return { parked: async (storeId, limit) => parked.all(numbers.store(storeId), limit) };
}
