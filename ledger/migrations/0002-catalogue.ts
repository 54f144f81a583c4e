/** Edits of single fields, prices that begin later, and what asks a person to look. */
export const migration0002 = `
ALTER TABLE product ADD COLUMN pending_on TEXT;             -- business date
ALTER TABLE product ADD COLUMN pending_price_minor INTEGER;
ALTER TABLE product ADD COLUMN versions TEXT;               -- JSON: field -> version, of edited fields
CREATE INDEX product_pending ON product (pending_on) WHERE pending_on IS NOT NULL;

-- Own edits that the cloud has not acknowledged: laid over what the feed says of the good.
CREATE TABLE own_edit (
  position INTEGER PRIMARY KEY,             -- of the fact in the journal
  sku      TEXT NOT NULL
) STRICT;
CREATE INDEX own_edit_of ON own_edit (sku);

-- The cloud's word, by the feed.
CREATE TABLE exception (
  exception_id TEXT PRIMARY KEY,
  kind         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  detail       TEXT NOT NULL,               -- JSON, by kind
  times        INTEGER NOT NULL,
  first_at_ms  INTEGER NOT NULL,
  last_at_ms   INTEGER NOT NULL,
  resolved     TEXT                         -- JSON {by, atMs, resolution}
) STRICT, WITHOUT ROWID;
CREATE INDEX exception_by_kind ON exception (kind, subject);

-- ---------------------------------------------------------------- projection
CREATE TABLE exception_answer (
  exception_id TEXT PRIMARY KEY,
  kind         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  resolution   TEXT NOT NULL,
  answered_by  TEXT NOT NULL,
  at_ms        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
