import { accountMigration } from "./accounts.ts";
import { editMigration, exceptionFeedMigration } from "./catalogue-schema.ts";
import { ledgersMigration } from "./ledgers.ts";
import { lineageMigration } from "./lineage.ts";
import { productCodeMigration } from "./product-codes.ts";
import { recalledSalesMigration } from "./recalled-sales.ts";
import { reusedNumbersMigration } from "./reused-numbers.ts";
import { stockCountMigration, stockKeyMigration } from "./stock-schema.ts";
import { renewsMigration, replacesMigration } from "./terminals.ts";

/**
 * The tables of the inventory service on SQLite. `user_version` counts the migrations that a file
 * has seen; one is never edited after a release, the next is added below it.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE opening (
    times INTEGER NOT NULL
  ) STRICT;
  INSERT INTO opening (times) VALUES (0);

  CREATE TABLE store (
    store_no INTEGER PRIMARY KEY,
    store_id TEXT NOT NULL UNIQUE,
    settings TEXT NOT NULL,
    feed_end INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE person (
    store_no INTEGER NOT NULL REFERENCES store,
    person_id TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (store_no, person_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE terminal (
    terminal_no INTEGER PRIMARY KEY,
    terminal_id TEXT NOT NULL UNIQUE,
    store_no INTEGER NOT NULL REFERENCES store,
    till_number INTEGER NOT NULL,
    name TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    enrolled_at_ms INTEGER NOT NULL,
    UNIQUE (store_no, till_number)
  ) STRICT;

  CREATE TABLE enrolment_code (
    code_hash BLOB PRIMARY KEY,
    store_no INTEGER NOT NULL REFERENCES store,
    expires_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE chain (
    terminal_no INTEGER NOT NULL REFERENCES terminal,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (terminal_no, epoch)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE fact (
    fact_no INTEGER PRIMARY KEY,
    terminal_no INTEGER NOT NULL REFERENCES terminal,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('applied', 'duplicate', 'parked')),
    reason TEXT,
    fact_id TEXT UNIQUE,
    type TEXT,
    at_ms INTEGER,
    received_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (terminal_no, epoch, seq)
  ) STRICT;
  CREATE INDEX fact_parked ON fact (fact_no) WHERE verdict = 'parked';
  CREATE TRIGGER fact_is_for_ever BEFORE DELETE ON fact
    BEGIN SELECT RAISE(ABORT, 'a fact is never deleted'); END;
  CREATE TRIGGER fact_is_immutable BEFORE UPDATE ON fact
    BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;

  CREATE TABLE product (
    store_no INTEGER NOT NULL REFERENCES store,
    sku TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (store_no, sku)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE stock (
    stock_no INTEGER PRIMARY KEY,
    store_no INTEGER NOT NULL REFERENCES store,
    sku TEXT NOT NULL,
    level_milli INTEGER NOT NULL,
    stated INTEGER NOT NULL CHECK (stated IN (0, 1)),
    UNIQUE (store_no, sku)
  ) STRICT;
  CREATE INDEX stock_below_zero ON stock (store_no, sku) WHERE stated = 1 AND level_milli < 0;

  CREATE TABLE movement (
    store_no INTEGER NOT NULL REFERENCES store,
    movement_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    delta_milli INTEGER NOT NULL,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (store_no, movement_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE feed (
    store_no INTEGER NOT NULL REFERENCES store,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    fact_no INTEGER REFERENCES fact,
    PRIMARY KEY (store_no, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE exception (
    exception_no INTEGER PRIMARY KEY,
    store_no INTEGER NOT NULL REFERENCES store,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    times INTEGER NOT NULL,
    first_at_ms INTEGER NOT NULL,
    last_at_ms INTEGER NOT NULL,
    resolved_at_ms INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX exception_open ON exception (store_no, kind, subject)
    WHERE resolved_at_ms IS NULL;
  `,
  // [H1] By which a terminal signs what another one hands on for it.
  "ALTER TABLE terminal ADD COLUMN public_key TEXT",
  // [P1] The receipts of a till and business date, and what a till last said of itself.
  `
  ALTER TABLE fact ADD COLUMN business_date TEXT;
  CREATE INDEX fact_receipt_day ON fact (terminal_no, business_date)
    WHERE type IN ('sale.completed', 'return.completed');
  CREATE TABLE till_report (
    terminal_no INTEGER PRIMARY KEY REFERENCES terminal,
    heard_at_ms INTEGER NOT NULL,
    report TEXT NOT NULL
  ) STRICT;
  `,
  lineageMigration,
  exceptionFeedMigration,
  editMigration,
  stockCountMigration,
  ledgersMigration,
  accountMigration,
  reusedNumbersMigration,
  replacesMigration,
  productCodeMigration,
  renewsMigration,
  stockKeyMigration,
  recalledSalesMigration,
];
