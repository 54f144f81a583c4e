import type { Database } from "better-sqlite3";
import { migration0001 } from "./0001-till.ts";
import { migration0002 } from "./0002-catalogue.ts";
import { migration0003 } from "./0003-suspended-sale.ts";
import { migration0004 } from "./0004-store-hub.ts";
import { migration0005 } from "./0005-snapshot.ts";
import { migration0006 } from "./0006-stock-count.ts";
import { migration0007 } from "./0007-accounts.ts";
import { migration0008 } from "./0008-heard-edits.ts";
import { migration0009 } from "./0009-told-goods.ts";
import { migration0010 } from "./0010-receipt-copies.ts";
import { migration0011 } from "./0011-hearsay.ts";
import { migration0012 } from "./0012-codes-and-prices.ts";
import { migration0013 } from "./0013-told-places.ts";
import { migration0014 } from "./0014-read-page.ts";
import { migration0015 } from "./0015-open-print-jobs.ts";

/** Numbered from 1; one is never edited after shops have run it. */
const migrations: readonly string[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
  migration0011,
  migration0012,
  migration0013,
  migration0014,
  migration0015,
];

/** The version this program writes; an older ledger is brought up to it, a newer one is refused. */
const schemaVersion = migrations.length;

/** A ledger written by a newer program: opening it could lose what we do not understand. */
export class LedgerTooNewError extends Error {
  override readonly name = "LedgerTooNewError";
}

/** Brings `db` to `schemaVersion`, each step in its own transaction. */
export function migrate(db: Database): void {
  const version = Number(db.pragma("user_version", { simple: true }));
  if (version > schemaVersion) {
    throw new LedgerTooNewError(
      `This ledger is of version ${version}; this program knows up to ${schemaVersion}. Install the newer Evertill.`,
    );
  }
  migrations.forEach((sql, index) => {
    const next = index + 1;
    if (next <= version) return;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${next}`);
    }).immediate();
  });
}
