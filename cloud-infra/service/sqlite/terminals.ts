import type { Database } from "better-sqlite3";
import type { Redemption, StorePort, TerminalRecord } from "../store-port.ts";
import type { Numbers } from "./numbers.ts";

type Terminals = Pick<StorePort, "addEnrolmentCode" | "redeemEnrolmentCode" | "terminal">;

/** [R4] */
export const replacesMigration = `
  ALTER TABLE enrolment_code ADD COLUMN replaces TEXT;
  ALTER TABLE terminal ADD COLUMN replaces TEXT;
`;

/** [A4] */
export const renewsMigration = "ALTER TABLE enrolment_code ADD COLUMN renews TEXT";

interface CodeRow {
  readonly store_no: number;
  readonly expires_at_ms: number;
  readonly replaces: string | null;
  readonly renews: string | null;
}

/** [A1] [A2] Codes and terminals; of codes and secrets only hashes are here. */
export function createTerminals(db: Database, numbers: Numbers): Terminals {
  const addCode = db.prepare(
    `INSERT INTO enrolment_code (code_hash, store_no, expires_at_ms, replaces, renews)
     VALUES (?, ?, ?, ?, ?)`,
  );
  // Asked with every request. Of a plain `?` SQLite looks at the value, and makes a plan for each.
  const select = db.prepare<[string], TerminalRecord>(
    `SELECT store_id AS storeId, terminal_id AS terminalId, till_number AS tillNumber, name,
       secret_hash AS secretHash, public_key AS publicKey, replaces
     FROM terminal JOIN store USING (store_no) WHERE terminal_id = CAST(? AS TEXT)`,
  );
  const takeCode = db.prepare<[Uint8Array], CodeRow>(
    `DELETE FROM enrolment_code WHERE code_hash = ?
     RETURNING store_no, expires_at_ms, replaces, renews`,
  );
  const renew = db.prepare(
    `UPDATE terminal SET secret_hash = ?, public_key = ?, name = ?
     WHERE terminal_id = ? AND store_no = ?`,
  );
  const insert = db.prepare(
    `INSERT INTO terminal (terminal_id, store_no, till_number, name, secret_hash, enrolled_at_ms, public_key,
       replaces)
     VALUES (?, ?, (SELECT ifnull(max(till_number), 0) + 1 FROM terminal WHERE store_no = ?),
       ?, ?, ?, ?, ?)`,
  );

  /** The terminal that the code made or renewed; null where it is no valid code. */
  const redeem = db.transaction((redemption: Redemption): string | null => {
    const { codeHash, atMs, terminalId, name, secretHash, publicKey } = redemption;
    const code = takeCode.get(codeHash);
    if (code === undefined || code.expires_at_ms < atMs) return null;
    const { store_no: storeNo, replaces, renews } = code;
    if (renews !== null) {
      renew.run(secretHash, publicKey, name, renews, storeNo);
      return renews;
    }
    insert.run(terminalId, storeNo, storeNo, name, secretHash, atMs, publicKey, replaces);
    return terminalId;
  });

  return {
    addEnrolmentCode: async ({ storeId, codeHash, expiresAtMs, replaces, renews }) => {
      const storeNo = numbers.store(storeId);
      addCode.run(codeHash, storeNo, expiresAtMs, replaces ?? null, renews ?? null);
    },
    redeemEnrolmentCode: async (redemption) => {
      const terminalId = redeem.immediate(redemption);
      return terminalId === null ? null : (select.get(terminalId) ?? null);
    },
    terminal: async (terminalId) => select.get(terminalId) ?? null,
  };
}
