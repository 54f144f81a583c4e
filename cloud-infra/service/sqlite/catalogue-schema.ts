/** [C3] [C4] [U8] Tables of edits, returns and exceptions; see the migrations in `schema.ts`. */
export const exceptionFeedMigration = `
  ALTER TABLE exception ADD COLUMN position INTEGER;
  ALTER TABLE exception ADD COLUMN resolved_by TEXT;
  ALTER TABLE exception ADD COLUMN resolution TEXT;
`;

export const editMigration = `
  ALTER TABLE product ADD COLUMN changed_at_ms INTEGER NOT NULL DEFAULT 0;

  -- [C3] Fields that were edited one by one. The rest of a catalogue needs no rows here.
  CREATE TABLE product_field (
    store_no INTEGER NOT NULL REFERENCES store,
    sku TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    version TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('store', 'head-office')),
    who TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    terminal_id TEXT,
    root TEXT NOT NULL,
    root_value TEXT NOT NULL,
    PRIMARY KEY (store_no, sku, field)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX product_field_due ON product_field (store_no, json_extract(value, '$.effectiveOn'))
    WHERE field = 'pendingPrice' AND value <> 'null';

  -- [C4] Returns that name a receipt; a sale that brings nothing back writes nothing here.
  CREATE TABLE returned_line (
    store_no INTEGER NOT NULL REFERENCES store,
    sale_id TEXT NOT NULL,
    line_no INTEGER NOT NULL,
    fact_id TEXT NOT NULL,
    sold_milli INTEGER,
    returned_milli INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (store_no, sale_id, line_no, fact_id)
  ) STRICT, WITHOUT ROWID;

  -- [U8] A parked fact may be applied after all. Its place and its bytes are for ever.
  CREATE TABLE retry (
    fact_no INTEGER NOT NULL REFERENCES fact,
    at_ms INTEGER NOT NULL,
    was TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (fact_no, at_ms)
  ) STRICT, WITHOUT ROWID;
  DROP TRIGGER fact_is_immutable;
  CREATE TRIGGER fact_is_immutable BEFORE UPDATE ON fact
    WHEN OLD.verdict <> 'parked' OR OLD.fact_no <> NEW.fact_no OR OLD.body <> NEW.body
      OR OLD.hash <> NEW.hash OR OLD.terminal_no <> NEW.terminal_no OR OLD.epoch <> NEW.epoch
      OR OLD.seq <> NEW.seq OR OLD.received_at_ms <> NEW.received_at_ms
    BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;
`;
