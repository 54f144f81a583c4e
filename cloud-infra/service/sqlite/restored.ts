import type { Database } from "better-sqlite3";
import type { RestoreNoticed } from "../snapshot-port.ts";
import type { RaiseException } from "./exceptions.ts";
import type { Lineage } from "./lineage.ts";
import type { Numbers } from "./numbers.ts";

/** [R3] Tells a person once an opening, whatever became of the exception since. */
export function createNoteRestored(
  db: Database,
  tools: {
    readonly numbers: Numbers;
    readonly lineage: Lineage;
    readonly raise: RaiseException;
  },
): (noticed: RestoreNoticed) => void {
  const isTold = db
    .prepare<[number, string], 1>(
      "SELECT 1 FROM exception WHERE store_no = ? AND kind = 'cloud-restored' AND subject = ?",
    )
    .pluck();
  const note = db.transaction(({ storeId, terminalId, atMs, missing }: RestoreNoticed): void => {
    const storeNo = tools.numbers.store(storeId);
    const subject = tools.lineage.newest(storeNo);
    if (isTold.get(storeNo, subject) === 1) return;
    const detail = JSON.stringify({ restoredAtMs: atMs, missing, terminalId });
    tools.raise({ storeId, kind: "cloud-restored", subject, detail, atMs });
  });
  return (noticed) => note.immediate(noticed);
}
