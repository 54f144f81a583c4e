import type { Database } from "better-sqlite3";
import type { Uuid } from "../../domain/values/id.ts";

/**
 * `waiting` → `approved` | `refused` | `unknown`; `unknown` is asked again until it is one of the two.
 * `approved` → `reversing` → `reversed` when the sale is not completed after all.
 */
export type CardPaymentState =
  | "waiting"
  | "unknown"
  | "approved"
  | "refused"
  | "reversing"
  | "reversed";

export interface CardPayment {
  readonly requestId: Uuid;
  readonly cartId: Uuid;
  readonly amountMinor: number;
  readonly state: CardPaymentState;
  readonly detail: string | null;
}

/** Card payments are rows before the payment terminal hears of them, so that a crash can ask what became of one. */
export interface CardPaymentTable {
  start(payment: Pick<CardPayment, "requestId" | "cartId" | "amountMinor">, atMs: number): void;
  setState(requestId: Uuid, state: CardPaymentState, detail: string | null): void;
  get(requestId: Uuid): CardPayment | null;
  /** The one that a cart is waiting for. */
  pending(cartId: Uuid): CardPayment | null;
  /** Of any cart: waiting, unknown or being reversed. What a restart must look after. */
  unfinished(): CardPayment[];
}

export function createCardPaymentTable(db: Database): CardPaymentTable {
  const columns =
    "SELECT request_id AS requestId, cart_id AS cartId, amount_minor AS amountMinor, state, detail FROM card_payment";
  const insert = db.prepare<[string, string, number, number]>(
    "INSERT INTO card_payment (request_id, cart_id, amount_minor, started_at_ms, state) VALUES (?, ?, ?, ?, 'waiting')",
  );
  const update = db.prepare<[string, string | null, string]>(
    "UPDATE card_payment SET state = ?, detail = ? WHERE request_id = ?",
  );
  const one = db.prepare<[string], CardPayment>(`${columns} WHERE request_id = ?`);
  const pending = db.prepare<[string], CardPayment>(
    `${columns} WHERE cart_id = ? AND state IN ('waiting', 'unknown')`,
  );
  const unfinished = db.prepare<[], CardPayment>(
    `${columns} WHERE state IN ('waiting', 'unknown', 'reversing') ORDER BY started_at_ms`,
  );

  return {
    start: ({ requestId, cartId, amountMinor }, atMs) =>
      void insert.run(requestId, cartId, amountMinor, atMs),
    setState: (requestId, state, detail) => void update.run(state, detail, requestId),
    get: (requestId) => one.get(requestId) ?? null,
    pending: (cartId) => pending.get(cartId) ?? null,
    unfinished: () => unfinished.all(),
  };
}
