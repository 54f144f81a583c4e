import type { Database } from "better-sqlite3";
import type { Cart, CartLine, CartTender } from "../../domain/sale/cart.ts";
import { storedJson } from "../stored-json.ts";

export interface SuspendedCart {
  readonly cartId: string;
  readonly suspendedAtMs: number;
  readonly suspendedBy: string;
  readonly note: string | null;
  readonly totalMinor: number;
  readonly lines: number;
  readonly firstLine: string | null;
}

/** The open cart and the suspended ones: durable line by line, gone when the sale is completed. */
export interface CartTable {
  open(): Cart | null;
  start(cart: Cart): void;
  writeLine(cartId: string, line: CartLine): void;
  removeLine(cartId: string, lineNo: number): void;
  addTender(cartId: string, tender: CartTender): void;
  removeTender(cartId: string, tenderId: string): void;
  remove(cartId: string): void;
  suspend(
    cartId: string,
    about: { atMs: number; by: string; note: string | null; totalMinor: number },
  ): void;
  resume(cartId: string): Cart | null;
  suspended(): SuspendedCart[];
}

interface CartRow {
  cart_id: string;
  opened_at_ms: number;
}

export function createCartTable(db: Database): CartTable {
  const selectOpen = db.prepare<[], CartRow>("SELECT * FROM cart WHERE suspended_at_ms IS NULL");
  const selectCart = db.prepare<[string], CartRow>("SELECT * FROM cart WHERE cart_id = ?");
  const insert = db.prepare<[string, number]>(
    "INSERT INTO cart (cart_id, opened_at_ms) VALUES (?, ?)",
  );
  const putLine = db.prepare<[string, number, string]>(
    "INSERT INTO cart_line VALUES (?, ?, ?) ON CONFLICT (cart_id, line_no) DO UPDATE SET line = excluded.line",
  );
  const dropLine = db.prepare<[string, number]>(
    "DELETE FROM cart_line WHERE cart_id = ? AND line_no = ?",
  );
  const putTender = db.prepare<[string, string, string]>(
    "INSERT INTO cart_tender VALUES (?, ?, ?)",
  );
  const dropTender = db.prepare<[string, string]>(
    "DELETE FROM cart_tender WHERE cart_id = ? AND tender_id = ?",
  );
  const dropLines = db.prepare<[string]>("DELETE FROM cart_line WHERE cart_id = ?");
  const dropTenders = db.prepare<[string]>("DELETE FROM cart_tender WHERE cart_id = ?");
  const drop = db.prepare<[string]>("DELETE FROM cart WHERE cart_id = ?");
  const lines = db.prepare<[string], { line: string }>(
    "SELECT line FROM cart_line WHERE cart_id = ? ORDER BY line_no",
  );
  const tenders = db.prepare<[string], { tender: string }>(
    "SELECT tender FROM cart_tender WHERE cart_id = ? ORDER BY tender_id",
  );
  const markSuspended = db.prepare<[number, string, string | null, number, string]>(
    "UPDATE cart SET suspended_at_ms = ?, suspended_by = ?, note = ?, total_minor = ? WHERE cart_id = ?",
  );
  const markOpen = db.prepare<[string]>(
    "UPDATE cart SET suspended_at_ms = NULL, suspended_by = NULL, note = NULL, total_minor = NULL WHERE cart_id = ?",
  );
  const selectSuspended = db.prepare<[], SuspendedRow>(
    `SELECT c.*, (SELECT count(*) FROM cart_line l WHERE l.cart_id = c.cart_id) AS lines,
       (SELECT line FROM cart_line l WHERE l.cart_id = c.cart_id ORDER BY line_no LIMIT 1) AS first_line
     FROM cart c WHERE suspended_at_ms IS NOT NULL ORDER BY suspended_at_ms`,
  );

  function read(row: CartRow | undefined): Cart | null {
    if (row === undefined) return null;
    return {
      cartId: row.cart_id,
      openedAtMs: row.opened_at_ms,
      lines: lines.all(row.cart_id).map(({ line }) => storedJson(line) as CartLine),
      tenders: tenders.all(row.cart_id).map(({ tender }) => storedJson(tender) as CartTender),
    };
  }

  return {
    open: () => read(selectOpen.get()),
    start: (cart) => void insert.run(cart.cartId, cart.openedAtMs),
    writeLine: (cartId, line) => void putLine.run(cartId, line.lineNo, JSON.stringify(line)),
    removeLine: (cartId, lineNo) => void dropLine.run(cartId, lineNo),
    addTender: (cartId, tender) =>
      void putTender.run(cartId, tender.tenderId, JSON.stringify(tender)),
    removeTender: (cartId, tenderId) => void dropTender.run(cartId, tenderId),
    remove(cartId) {
      dropLines.run(cartId);
      dropTenders.run(cartId);
      drop.run(cartId);
    },
    suspend: (cartId, { atMs, by, note, totalMinor }) =>
      void markSuspended.run(atMs, by, note, totalMinor, cartId),
    resume(cartId) {
      if (markOpen.run(cartId).changes === 0) return null;
      return read(selectCart.get(cartId));
    },
    suspended: () =>
      selectSuspended.all().map((row) => ({
        cartId: row.cart_id,
        suspendedAtMs: row.suspended_at_ms,
        suspendedBy: row.suspended_by,
        note: row.note,
        totalMinor: row.total_minor,
        lines: row.lines,
        firstLine: row.first_line === null ? null : (storedJson(row.first_line) as CartLine).name,
      })),
  };
}

interface SuspendedRow {
  cart_id: string;
  suspended_at_ms: number;
  suspended_by: string;
  note: string | null;
  total_minor: number;
  lines: number;
  first_line: string | null;
}
