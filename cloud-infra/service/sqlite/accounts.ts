import type { Database } from "better-sqlite3";
import type { AccountMove } from "../../../domain/account/account-move.ts";
import { assertInteger, present } from "../../../domain/values/assert.ts";
import type { FactsPlace } from "./apply-facts.ts";
import type { Exceptions } from "./exceptions.ts";

/** [C5] Gift cards and points of a store: sums, told by the feed. */
export const accountMigration = `
  CREATE TABLE account (
    store_no INTEGER NOT NULL REFERENCES store,
    account TEXT NOT NULL,
    account_id TEXT NOT NULL,
    balance_minor INTEGER NOT NULL,
    position INTEGER,
    PRIMARY KEY (store_no, account, account_id)
  ) STRICT, WITHOUT ROWID;
`;

const kind = "overdrawn";
const covered = { by: "", resolution: "covered" };

export type MoveAccounts = (place: FactsPlace, moves: readonly AccountMove[]) => void;

/**
 * [C5] Adds moves to their accounts. What a till honoured stays honoured: a balance that falls below
 * zero by it raises `overdrawn`, one open exception an account, which closes when a later move covers it.
 */
export function createMoveAccounts(db: Database, exceptions: Exceptions): MoveAccounts {
  const move = db.prepare<
    [number, string, string, number],
    { balance_minor: number; position: number | null }
  >(
    `INSERT INTO account (store_no, account, account_id, balance_minor) VALUES (?, ?, ?, ?)
     ON CONFLICT (store_no, account, account_id)
     DO UPDATE SET balance_minor = balance_minor + excluded.balance_minor
     RETURNING balance_minor, position`,
  );
  const place = db.prepare<[number, number, string, string]>(
    "UPDATE account SET position = ? WHERE store_no = ? AND account = ? AND account_id = ?",
  );

  return ({ storeId, storeNo, terminalId, feed, atMs }, moves) => {
    for (const { account, accountId, deltaMinor } of moves) {
      const delta = assertInteger(deltaMinor, "deltaMinor");
      const row = present(move.get(storeNo, account, accountId, delta), "the account that moved");
      if (row.position !== null) feed.forget(row.position);
      const subject = `${account}/${accountId}`;
      const position = feed.append({ kind: "account", subject });
      place.run(position, storeNo, account, accountId);
      const balanceMinor = row.balance_minor;
      if (delta > 0 && balanceMinor >= 0 && balanceMinor < delta) {
        const open = exceptions.openAbout(storeNo, kind, subject);
        if (open !== null) exceptions.closeInto(feed, open.exceptionId, { ...covered, atMs });
      }
      if (delta >= 0 || balanceMinor >= 0) continue;
      exceptions.raiseInto(feed, {
        ...{ storeId, kind, subject, atMs },
        detail: JSON.stringify({ accountId, account, balanceMinor, deltaMinor, terminalId }),
      });
    }
  };
}
