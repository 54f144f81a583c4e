/** [C2] Counts, and what decides on which side of one a movement stands. */
export const stockCountMigration = `
  -- The newest count of the good; null: nobody counted it.
  ALTER TABLE stock ADD COLUMN count_no INTEGER;
  CREATE INDEX stock_counted ON stock (store_no, sku) WHERE count_no IS NOT NULL;

  CREATE TABLE chain_clock (
    terminal_no INTEGER NOT NULL REFERENCES terminal,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    skew_ms INTEGER NOT NULL,
    uncertainty_ms INTEGER NOT NULL,
    PRIMARY KEY (terminal_no, epoch, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE count_mark (
    count_no INTEGER PRIMARY KEY,
    count_id TEXT NOT NULL UNIQUE,
    counted_at_ms INTEGER NOT NULL,
    terminal_no INTEGER NOT NULL REFERENCES terminal,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    uncertainty_ms INTEGER,
    actor_id TEXT,
    applied TEXT NOT NULL
  ) STRICT;

  CREATE TABLE stock_count (
    store_no INTEGER NOT NULL REFERENCES store,
    sku TEXT NOT NULL,
    counted_at_ms INTEGER NOT NULL,
    count_id TEXT NOT NULL,
    count_no INTEGER NOT NULL REFERENCES count_mark,
    counted_milli INTEGER NOT NULL,
    store_at_ms INTEGER,
    before_milli INTEGER NOT NULL,
    PRIMARY KEY (store_no, sku, counted_at_ms, count_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE stock_decision (
    store_no INTEGER NOT NULL REFERENCES store,
    sku TEXT NOT NULL,
    count_id TEXT NOT NULL,
    fact_id TEXT NOT NULL,
    terminal_id TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('before', 'after')),
    through_epoch INTEGER,
    through_seq INTEGER,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (store_no, sku, count_id, fact_id)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Levels by their key, without an index beside them: a sale's lines touch half the pages, and a busy
 * store's log a third.
 */
export const stockKeyMigration = `
  CREATE TABLE stock_by_key (
    store_no INTEGER NOT NULL REFERENCES store,
    sku TEXT NOT NULL,
    level_milli INTEGER NOT NULL,
    stated INTEGER NOT NULL CHECK (stated IN (0, 1)),
    -- The newest count of the good; null: nobody counted it.
    count_no INTEGER,
    PRIMARY KEY (store_no, sku)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO stock_by_key
    SELECT store_no, sku, level_milli, stated, count_no FROM stock ORDER BY store_no, sku;
  DROP TABLE stock;
  ALTER TABLE stock_by_key RENAME TO stock;
  CREATE INDEX stock_below_zero ON stock (store_no, sku) WHERE stated = 1 AND level_milli < 0;
  CREATE INDEX stock_counted ON stock (store_no, sku) WHERE count_no IS NOT NULL;
`;
