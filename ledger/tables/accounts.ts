import type { Database } from "better-sqlite3";
import type { AccountKind, AccountMove } from "../../domain/account/account-move.ts";
import { assertInteger } from "../../domain/values/assert.ts";

export interface AccountBalance {
  readonly account: AccountKind;
  readonly accountId: string;
  readonly balanceMinor: number;
}

/** [C5] What customers hold with the store: the cloud's word, and what happened here since. */
export interface AccountTable {
  /**
   * Takes the cloud's word, of the feed. What happened here up to `position` is in it; what came later
   * counts besides until `read`.
   */
  put(told: AccountBalance, position: number): void;
  /** [D2] Takes the cloud's word, of a snapshot: what it said to have heard of is in it too. */
  restate(told: AccountBalance, position: number): void;
  /** Moves of the fact at `position`, which the cloud has not heard of. */
  moved(position: number, moves: readonly AccountMove[]): void;
  /** Null for an account of which neither the cloud nor this till has heard. */
  balanceMinor(account: AccountKind, accountId: string): number | null;
  /** What this till took from the account since it was last heard: ≥ 0. */
  unheardSpentMinor(account: AccountKind, accountId: string): number;
  /**
   * The cloud has heard of the moves up to `position`. They count here until its feed was read up to
   * `toldAt`, where its word with them stands at the latest.
   */
  heard(position: number, toldAt: number): void;
  /** The feed was read so far: moves that are told of by now count in the cloud's word alone. */
  read(cursor: number): void;
  /** After a new epoch: the copies of the facts after `position` are what travels. */
  follow(position: number): void;
}

export function createAccountTable(db: Database): AccountTable {
  const put = db.prepare<[string, string, number]>(
    `INSERT INTO account VALUES (?, ?, ?)
     ON CONFLICT (account, account_id) DO UPDATE SET balance_minor = excluded.balance_minor`,
  );
  const move = db.prepare<[number, string, string, number]>(
    `INSERT INTO own_account_move (position, account, account_id, delta_minor) VALUES (?, ?, ?, ?)
     ON CONFLICT (account, account_id, position)
     DO UPDATE SET delta_minor = delta_minor + excluded.delta_minor`,
  );
  const balance = db
    .prepare<{ account: string; accountId: string }, number | null>(
      `SELECT sum(minor) FROM (
         SELECT balance_minor AS minor FROM account
           WHERE account = @account AND account_id = @accountId
         UNION ALL SELECT delta_minor FROM own_account_move
           WHERE account = @account AND account_id = @accountId)`,
    )
    .pluck();
  const spent = db
    .prepare<[string, string], number>(
      `SELECT coalesce(-sum(delta_minor), 0) FROM own_account_move
       WHERE account = ? AND account_id = ? AND delta_minor < 0 AND heard = 0`,
    )
    .pluck();
  const hear = db.prepare<[number]>(
    "UPDATE own_account_move SET heard = 1 WHERE position <= ? AND heard = 0",
  );
  const tellAt = db.prepare<[string]>(
    `INSERT INTO setting VALUES ('accounts-told-at', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const settle = db.prepare<[number]>(
    `DELETE FROM own_account_move WHERE heard = 1 AND ? >= (
       SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'accounts-told-at')`,
  );
  const forget = db.prepare<[string, string]>(
    "DELETE FROM own_account_move WHERE account = ? AND account_id = ? AND heard = 1",
  );
  const include = db.prepare<[string, string, number]>(
    "DELETE FROM own_account_move WHERE account = ? AND account_id = ? AND position <= ?",
  );
  const follow = db.prepare<[number]>(
    `UPDATE own_account_move SET position = copy.position
     FROM (SELECT carries, max(position) AS position FROM journal
           WHERE position > ? AND carries IS NOT NULL GROUP BY carries) AS copy
     WHERE own_account_move.position = copy.carries`,
  );

  function putWord(told: AccountBalance, position: number): void {
    const { account, accountId, balanceMinor } = told;
    put.run(account, accountId, assertInteger(balanceMinor, "balanceMinor"));
    include.run(account, accountId, position);
  }

  return {
    put: putWord,
    restate(told, position) {
      putWord(told, position);
      forget.run(told.account, told.accountId);
    },
    moved(position, moves) {
      for (const { account, accountId, deltaMinor } of moves) {
        move.run(position, account, accountId, assertInteger(deltaMinor, "deltaMinor"));
      }
    },
    balanceMinor: (account, accountId) => balance.get({ account, accountId }) ?? null,
    unheardSpentMinor: (account, accountId) => spent.get(account, accountId) ?? 0,
    heard(position, toldAt) {
      if (hear.run(position).changes > 0) tellAt.run(String(toldAt));
    },
    read: (cursor) => void settle.run(cursor),
    follow: (position) => void follow.run(position),
  };
}
