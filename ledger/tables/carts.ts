import type { Database } from "better-sqlite3";
import type { Cart, CartLine, CartTender } from "../../domain/sale/cart.ts";
import { storedJson } from "../stored-json.ts";

/** The open cart: durable line by line, gone when the sale is completed or put aside. */
export interface CartTable {
  open(): Cart | null;
  start(cart: Cart): void;
  writeLine(cartId: string, line: CartLine): void;
  removeLine(cartId: string, lineNo: number): void;
  addTender(cartId: string, tender: CartTender): void;
  removeTender(cartId: string, tenderId: string): void;
  remove(cartId: string): void;
}

interface CartRow {
  cart_id: string;
  opened_at_ms: number;
}

export function createCartTable(db: Database): CartTable {
  const selectOpen = db.prepare<[], CartRow>("SELECT * FROM cart");
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
  };
}
