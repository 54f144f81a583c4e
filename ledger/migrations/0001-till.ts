/**
 * The till's ledger, first edition. STRICT tables; integers carry their unit in the name.
 * `journal` is the truth; the tables under "projections" are folds of it and can be rebuilt.
 */
export const migration0001 = `
-- ---------------------------------------------------------------- truth
CREATE TABLE journal (
  position  INTEGER PRIMARY KEY,            -- 1, 2, 3 …: gap-free over all epochs of this terminal
  epoch     INTEGER NOT NULL CHECK (epoch >= 1),
  seq       INTEGER NOT NULL CHECK (seq >= 1),
  type      TEXT NOT NULL,
  at_ms     INTEGER NOT NULL,
  -- Position of the same fact in an older epoch; such a copy travels but is not folded twice.
  carries   INTEGER REFERENCES journal (position),
  body      TEXT NOT NULL,                  -- canonical JSON: the bytes under the hash
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: a fact is never changed'); END;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: a fact is never deleted'); END;
CREATE TRIGGER journal_is_gap_free BEFORE INSERT ON journal
WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is gap-free: this is not the next position'); END;

-- Facts of the store's other terminals, as the feed brought them. Folded like our own.
CREATE TABLE store_fact (
  position    INTEGER PRIMARY KEY,
  terminal_id TEXT NOT NULL,
  epoch       INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  body        TEXT NOT NULL,
  UNIQUE (terminal_id, epoch, seq)
) STRICT;
-- Stock movements that are no terminal's fact: opening stock, receiving in the back office.
CREATE TABLE store_movement (
  movement_id TEXT PRIMARY KEY,
  sku         TEXT NOT NULL,
  delta_milli INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  at_ms       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- projections
CREATE TABLE terminal (
  terminal_id TEXT PRIMARY KEY,
  till_number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
  sale_id        BLOB PRIMARY KEY CHECK (length(sale_id) = 16),
  receipt_number TEXT NOT NULL,
  -- Where the whole document stands: journal position, or minus the store_fact position.
  source         INTEGER NOT NULL,
  business_date  TEXT NOT NULL,
  at_ms          INTEGER NOT NULL,
  is_return      INTEGER NOT NULL CHECK (is_return IN (0, 1)),
  copies         INTEGER NOT NULL DEFAULT 0,
  total_minor    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Of ours no number is there twice; of another till one may be, whose ledger was put back from an older copy.
CREATE UNIQUE INDEX receipt_by_number ON receipt (receipt_number, iif(source > 0, 0, source));
CREATE INDEX receipt_by_day ON receipt (business_date, at_ms);

CREATE TABLE returned_line (
  sale_id        BLOB NOT NULL,
  line_no        INTEGER NOT NULL,
  returned_milli INTEGER NOT NULL,
  PRIMARY KEY (sale_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_level (
  sku            TEXT PRIMARY KEY,
  quantity_milli INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_movement (
  sku         TEXT NOT NULL,
  at_ms       INTEGER NOT NULL,
  source      INTEGER NOT NULL,             -- as receipt.source; 0 for a store_movement
  delta_milli INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  PRIMARY KEY (sku, at_ms, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
  shift_id      TEXT PRIMARY KEY,
  terminal_id   TEXT NOT NULL,
  business_date TEXT NOT NULL,
  opened_at_ms  INTEGER NOT NULL,
  opened_by     TEXT NOT NULL,
  float_minor   INTEGER NOT NULL,
  counted       TEXT,                       -- JSON of the last blind count
  z             TEXT                        -- JSON of the Z report, once closed
) STRICT, WITHOUT ROWID;
CREATE TABLE shift_total (
  shift_id       TEXT PRIMARY KEY,
  first_receipt  TEXT,
  last_receipt   TEXT,
  sales          INTEGER NOT NULL DEFAULT 0,
  returns        INTEGER NOT NULL DEFAULT 0,
  voids          INTEGER NOT NULL DEFAULT 0,
  no_sales       INTEGER NOT NULL DEFAULT 0,
  lines_removed  INTEGER NOT NULL DEFAULT 0,
  reprints       INTEGER NOT NULL DEFAULT 0,
  gross_minor    INTEGER NOT NULL DEFAULT 0,
  returns_minor  INTEGER NOT NULL DEFAULT 0,
  cash_minor     INTEGER NOT NULL DEFAULT 0,
  card_minor     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE shift_tax (
  shift_id   TEXT NOT NULL,
  category   TEXT NOT NULL,
  rate_ppm   INTEGER NOT NULL,
  net_minor  INTEGER NOT NULL,
  tax_minor  INTEGER NOT NULL,
  PRIMARY KEY (shift_id, category, rate_ppm)
) STRICT, WITHOUT ROWID;
-- One row: what never resets.
CREATE TABLE perpetual (
  one                  INTEGER PRIMARY KEY CHECK (one = 1),
  receipts             INTEGER NOT NULL,
  z_reports            INTEGER NOT NULL,
  grand_total_minor    INTEGER NOT NULL,
  returns_total_minor  INTEGER NOT NULL
) STRICT;
INSERT INTO perpetual VALUES (1, 0, 0, 0, 0);

-- ---------------------------------------------------------------- the till's own working state
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person (
  person_id     TEXT PRIMARY KEY,
  name          TEXT NOT NULL,
  role          TEXT NOT NULL,
  pin_hash      TEXT NOT NULL,
  active        INTEGER NOT NULL CHECK (active IN (0, 1)),
  wrong_pins    INTEGER NOT NULL DEFAULT 0,
  locked_until_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE cart (
  cart_id         TEXT PRIMARY KEY,
  opened_at_ms    INTEGER NOT NULL,
  suspended_at_ms INTEGER,                  -- null: the one open cart
  suspended_by    TEXT,
  note            TEXT,
  total_minor     INTEGER                   -- of a suspended cart, for the list
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_cart ON cart (suspended_at_ms IS NULL) WHERE suspended_at_ms IS NULL;
CREATE TABLE cart_line (
  cart_id       TEXT NOT NULL REFERENCES cart (cart_id),
  line_no       INTEGER NOT NULL,
  line          TEXT NOT NULL,              -- JSON of domain/sale/cart.ts CartLine
  PRIMARY KEY (cart_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE TABLE cart_tender (
  cart_id   TEXT NOT NULL REFERENCES cart (cart_id),
  tender_id TEXT NOT NULL,
  tender    TEXT NOT NULL,                  -- JSON of domain/sale/cart.ts CartTender
  PRIMARY KEY (cart_id, tender_id)
) STRICT, WITHOUT ROWID;
-- Written before the payment terminal is asked, so that a crash can ask what became of it.
CREATE TABLE card_payment (
  request_id   TEXT PRIMARY KEY,
  cart_id      TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'unknown', 'approved', 'refused', 'reversing', 'reversed')),
  detail       TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE print_job (
  job_id        TEXT PRIMARY KEY,
  ordinal       INTEGER NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  title         TEXT NOT NULL,
  content       TEXT NOT NULL,              -- JSON: what to render, by reference to the fact
  state         TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'unknown', 'failed')),
  why           TEXT,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX print_job_open ON print_job (ordinal) WHERE state <> 'printed';
CREATE TABLE command_log (
  command_id BLOB PRIMARY KEY CHECK (length(command_id) = 16),
  at_ms      INTEGER NOT NULL,
  answer     TEXT                           -- JSON; null: the answer is the register as it stands
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- sync
CREATE TABLE sync_mark (
  one          INTEGER PRIMARY KEY CHECK (one = 1),
  epoch        INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  hash         BLOB NOT NULL,
  proved_at_ms INTEGER,
  cursor       INTEGER NOT NULL
) STRICT;
INSERT INTO sync_mark VALUES (1, 1, 0, zeroblob(32), NULL, 0);
CREATE TABLE parked (
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE epoch (
  epoch          INTEGER PRIMARY KEY,
  first_position INTEGER NOT NULL,
  opened_at_ms   INTEGER NOT NULL,
  why            TEXT NOT NULL
) STRICT;

-- ---------------------------------------------------------------- catalogue
CREATE TABLE product (
  product_id   INTEGER PRIMARY KEY,
  sku          TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  brand        TEXT,
  category     TEXT,
  favourite    TEXT,
  plu          TEXT,
  price_minor  INTEGER,
  unit         TEXT NOT NULL CHECK (unit IN ('each', 'kg')),
  tax_category TEXT NOT NULL
) STRICT;
CREATE INDEX product_favourite ON product (favourite, name) WHERE favourite IS NOT NULL;
-- GTINs (14 digits) and PLUs ('plu:' + number) → good.
CREATE TABLE product_code (
  code       TEXT PRIMARY KEY,
  product_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX product_code_of ON product_code (product_id);
-- Any three letters of a name, folded by domain/catalogue/fold.ts; shorter input uses word starts.
CREATE VIRTUAL TABLE product_trigram USING fts5 (
  text, content = '', contentless_delete = 1, detail = full, tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE product_word USING fts5 (
  text, content = '', contentless_delete = 1, detail = none, prefix = '1 2',
  tokenize = 'unicode61 remove_diacritics 0'
);
`;
