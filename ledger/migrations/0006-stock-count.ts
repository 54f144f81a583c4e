/** [C2] Counts, and what decides on which side of one a movement stands. */
export const migration0006 = `
-- ---------------------------------------------------------------- truth
-- What a snapshot said of a good's stock; facts up to the heads of its page are in it.
CREATE TABLE stock_base (
  sku     TEXT PRIMARY KEY,
  page_no INTEGER NOT NULL,
  base    TEXT NOT NULL                     -- JSON of domain/stock/stock-base.ts StockBase
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_base_page (
  page_no INTEGER PRIMARY KEY AUTOINCREMENT,
  heads   TEXT NOT NULL                     -- JSON: heads and holes
) STRICT;
CREATE TABLE base_mark (
  count_id TEXT PRIMARY KEY,
  mark     TEXT NOT NULL                    -- JSON of CountMark
) STRICT, WITHOUT ROWID;
CREATE TABLE base_clock (
  terminal_id    TEXT NOT NULL,
  epoch          INTEGER NOT NULL,
  seq            INTEGER NOT NULL,
  at_ms          INTEGER NOT NULL,
  skew_ms        INTEGER NOT NULL,
  uncertainty_ms INTEGER NOT NULL,
  PRIMARY KEY (terminal_id, epoch, seq)
) STRICT, WITHOUT ROWID;
-- Own facts that stand in several epochs: by the position of the first one that which the cloud holds.
CREATE TABLE held_place (
  position      INTEGER PRIMARY KEY,
  held_position INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_carried ON journal (carries, position) WHERE carries IS NOT NULL;
CREATE INDEX store_movement_of ON store_movement (sku, at_ms);

-- ---------------------------------------------------------------- projections
CREATE TABLE chain_clock (
  terminal_id    TEXT NOT NULL,
  epoch          INTEGER NOT NULL,
  seq            INTEGER NOT NULL,
  at_ms          INTEGER NOT NULL,
  skew_ms        INTEGER NOT NULL,
  uncertainty_ms INTEGER NOT NULL,
  source         INTEGER NOT NULL,          -- as receipt.source
  PRIMARY KEY (terminal_id, epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE count_mark (
  count_id       TEXT PRIMARY KEY,
  counted_at_ms  INTEGER NOT NULL,
  terminal_id    TEXT NOT NULL,
  epoch          INTEGER NOT NULL,
  seq            INTEGER NOT NULL,
  at_ms          INTEGER NOT NULL,          -- by the cloud's clock
  uncertainty_ms INTEGER,                   -- null: the counter's clock was never compared
  local_at_ms    INTEGER NOT NULL,
  applied        TEXT NOT NULL,             -- JSON of FactPosition[]
  source         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_count (
  sku            TEXT NOT NULL,
  counted_at_ms  INTEGER NOT NULL,
  count_id       TEXT NOT NULL,
  counted_milli  INTEGER NOT NULL,
  expected_milli INTEGER,                   -- null: only a snapshot told of this count
  store_at_ms    INTEGER,
  before_milli   INTEGER NOT NULL,
  PRIMARY KEY (sku, counted_at_ms, count_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_count_by_time ON stock_count (counted_at_ms, count_id, sku);
CREATE TABLE stock_decision (
  sku           TEXT NOT NULL,
  count_id      TEXT NOT NULL,
  fact_id       TEXT NOT NULL,
  terminal_id   TEXT NOT NULL,
  side          TEXT NOT NULL CHECK (side IN ('before', 'after')),
  through_epoch INTEGER,
  through_seq   INTEGER,
  at_ms         INTEGER NOT NULL,
  PRIMARY KEY (sku, count_id, fact_id)
) STRICT, WITHOUT ROWID;
-- Movements assumed to have come after the newest count of their good.
CREATE TABLE stock_uncertain (
  sku         TEXT NOT NULL,
  at_ms       INTEGER NOT NULL,
  source      INTEGER NOT NULL,
  delta_milli INTEGER NOT NULL,
  PRIMARY KEY (sku, at_ms, source)
) STRICT, WITHOUT ROWID;
`;
