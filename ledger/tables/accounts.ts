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
  /** Takes the cloud's word: what it has heard of is in it. */
  put(told: AccountBalance): void;
  /** Moves of the fact at `position`, which the cloud has not heard of. */
  moved(position: number, moves: readonly AccountMove[]): void;
  /** Null for an account of which neither the cloud nor this till has heard. */
  balanceMinor(account: AccountKind, accountId: string): number | null;
  /** What this till took from the account since it was last heard: ≥ 0. */
  unheardSpentMinor(account: AccountKind, accountId: string): number;
  /** The cloud has heard of the moves up to `position`. They count here until it tells what came of them. */
  heard(position: number): void;
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
  const hear = db.prepare<[number]>("UPDATE own_account_move SET heard = 1 WHERE position <= ?");
  const forget = db.prepare<[string, string]>(
    "DELETE FROM own_account_move WHERE account = ? AND account_id = ? AND heard = 1",
  );
  const follow = db.prepare<[number]>(
    `UPDATE own_account_move SET position = copy.position
     FROM (SELECT carries, max(position) AS position FROM journal
           WHERE position > ? AND carries IS NOT NULL GROUP BY carries) AS copy
     WHERE own_account_move.position = copy.carries`,
  );
  return {
    put({ account, accountId, balanceMinor }) {
      put.run(account, accountId, assertInteger(balanceMinor, "balanceMinor"));
      forget.run(account, accountId);
    },
    moved(position, moves) {
      for (const { account, accountId, deltaMinor } of moves) {
        move.run(position, account, accountId, assertInteger(deltaMinor, "deltaMinor"));
      }
    },
    balanceMinor: (account, accountId) => balance.get({ account, accountId }) ?? null,
    unheardSpentMinor: (account, accountId) => spent.get(account, accountId) ?? 0,
    heard: (position) => void hear.run(position),
    follow: (position) => void follow.run(position),
  };
}
