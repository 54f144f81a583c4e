import type { Database } from "better-sqlite3";
import type { PerpetualTotals, ShiftTotals, ZReport } from "../../domain/shift/z-report.ts";
import { present } from "../../domain/values/assert.ts";
import { storedJson } from "../stored-json.ts";

export interface ShiftRow {
  readonly shiftId: string;
  readonly terminalId: string;
  /** Null for a till that has not introduced itself by the feed yet. */
  readonly tillNumber: number | null;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly openedBy: string;
  readonly floatMinor: number;
  readonly counted: { readonly countedMinor: number; readonly expectedMinor: number } | null;
  readonly z: ZReport | null;
}

export interface ShiftTable {
  /** The open shift of `terminalId`; at most one. */
  open(terminalId: string): ShiftRow | null;
  get(shiftId: string): ShiftRow | null;
  /** Newest first, of every till this one knows. */
  list(limit: number, offset: number): ShiftRow[];
  totals(shiftId: string): ShiftTotals & {
    readonly firstReceiptNumber: string | null;
    readonly lastReceiptNumber: string | null;
  };
  perpetual(): PerpetualTotals & { readonly zReports: number };
  /** [R1] The highest Z number of a terminal, also of shifts that only the store knows of; 0: none. */
  highestZ(terminalId: string): number;
}

interface RawShift {
  shift_id: string;
  terminal_id: string;
  till_number: number | null;
  business_date: string;
  opened_at_ms: number;
  opened_by: string;
  float_minor: number;
  counted: string | null;
  z: string | null;
}

const columns = "SELECT shift.*, till_number FROM shift LEFT JOIN terminal USING (terminal_id)";

export function createShiftTable(db: Database): ShiftTable {
  // Of a plain `?` SQLite looks at the value, and makes a plan anew for each.
  const openShift = db.prepare<[string], RawShift>(
    `${columns} WHERE terminal_id = CAST(? AS TEXT) AND z IS NULL ORDER BY opened_at_ms DESC LIMIT 1`,
  );
  const one = db.prepare<[string], RawShift>(`${columns} WHERE shift_id = ?`);
  const page = db.prepare<[number, number], RawShift>(
    `${columns} ORDER BY opened_at_ms DESC LIMIT ? OFFSET ?`,
  );
  const totals = db.prepare<[string], Omit<Totals, "taxes">>(
    `SELECT first_receipt AS firstReceiptNumber, last_receipt AS lastReceiptNumber, sales, returns, voids,
       no_sales AS noSales, lines_removed AS linesRemoved, reprints, gross_minor AS grossMinor,
       returns_minor AS returnsMinor, cash_minor AS cashMinor, card_minor AS cardMinor,
       gift_card_minor AS giftCardMinor
     FROM shift_total WHERE shift_id = ?`,
  );
  const taxes = db.prepare<[string], Totals["taxes"][number]>(
    `SELECT category, rate_ppm AS ratePpm, net_minor AS netMinor, tax_minor AS taxMinor
     FROM shift_tax WHERE shift_id = ? ORDER BY rate_ppm DESC, category`,
  );
  const perpetual = db.prepare<[], PerpetualTotals & { zReports: number }>(
    `SELECT receipts, z_reports AS zReports, grand_total_minor AS grandTotalMinor,
       returns_total_minor AS returnsTotalMinor FROM perpetual`,
  );

  const highestZ = db
    .prepare<[string], number | null>(
      "SELECT max(z ->> '$.zNumber') FROM shift WHERE terminal_id = CAST(? AS TEXT)",
    )
    .pluck();

  return {
    open(terminalId) {
      const row = openShift.get(terminalId);
      return row === undefined ? null : shiftOf(row);
    },
    get(shiftId) {
      const row = one.get(shiftId);
      return row === undefined ? null : shiftOf(row);
    },
    list: (limit, offset) => page.all(limit, offset).map(shiftOf),
    totals: (shiftId) => ({
      ...present(totals.get(shiftId), `totals of shift ${shiftId}`),
      taxes: taxes.all(shiftId),
    }),
    highestZ: (terminalId) => highestZ.get(terminalId) ?? 0,
    perpetual: () => present(perpetual.get(), "perpetual totals"),
  };
}

type Totals = ReturnType<ShiftTable["totals"]>;

function shiftOf(row: RawShift): ShiftRow {
  return {
    shiftId: row.shift_id,
    terminalId: row.terminal_id,
    tillNumber: row.till_number,
    businessDate: row.business_date,
    openedAtMs: row.opened_at_ms,
    openedBy: row.opened_by,
    floatMinor: row.float_minor,
    counted: row.counted === null ? null : (storedJson(row.counted) as ShiftRow["counted"]),
    z: row.z === null ? null : (storedJson(row.z) as ZReport),
  };
}
