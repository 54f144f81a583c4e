import type { Database } from "better-sqlite3";
import type { CartLine } from "../../domain/sale/cart.ts";
import { storedJson } from "../stored-json.ts";

/** A sale that waits at some till of the store. */
export interface SuspendedSale {
  /** The id of the fact that suspended it. */
  readonly suspensionId: string;
  readonly terminalId: string;
  /** Of the till that suspended it; null while this one has not heard of that till's enrolment. */
  readonly tillNumber: number | null;
  readonly suspendedAtMs: number;
  /** Person id; empty when nobody was named. */
  readonly suspendedBy: string;
  readonly note: string | null;
  readonly totalMinor: number;
  readonly lines: readonly CartLine[];
}

/** The store's sales that were put aside, as far as this till has heard. */
export interface SuspendedSaleTable {
  /** Oldest first. */
  waiting(): SuspendedSale[];
  count(): number;
  /** Null when it is not there, or was taken back. */
  get(suspensionId: string): SuspendedSale | null;
}

type Row = Omit<SuspendedSale, "lines"> & { readonly lines: string };

export function createSuspendedSaleTable(db: Database): SuspendedSaleTable {
  const waiting = "recalled_by IS NULL AND lines IS NOT NULL";
  const select = `SELECT suspension_id AS suspensionId, terminal_id AS terminalId, lines, note,
      till_number AS tillNumber, suspended_at_ms AS suspendedAtMs, suspended_by AS suspendedBy,
      total_minor AS totalMinor
    FROM suspended_sale LEFT JOIN terminal USING (terminal_id) WHERE ${waiting}`;
  const all = db.prepare<[], Row>(`${select} ORDER BY suspended_at_ms, suspension_id`);
  const one = db.prepare<[string], Row>(`${select} AND suspension_id = ?`);
  const count = db
    .prepare<[], number>(`SELECT count(*) FROM suspended_sale WHERE ${waiting}`)
    .pluck();
  const read = (row: Row): SuspendedSale => ({
    ...row,
    lines: storedJson(row.lines) as CartLine[],
  });
  return {
    waiting: () => all.all().map(read),
    count: () => count.get() ?? 0,
    get(suspensionId) {
      const row = one.get(suspensionId);
      return row === undefined ? null : read(row);
    },
  };
}
