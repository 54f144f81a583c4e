/** [C5] Gift cards and points. */
export const migration0007 = `
ALTER TABLE shift_total ADD COLUMN gift_card_minor INTEGER NOT NULL DEFAULT 0;

-- The cloud's word, by the feed.
CREATE TABLE account (
  account       TEXT NOT NULL,
  account_id    TEXT NOT NULL,
  balance_minor INTEGER NOT NULL,
  PRIMARY KEY (account, account_id)
) STRICT, WITHOUT ROWID;

-- Own moves that the cloud has not acknowledged, or has, and has not told of yet: added to what it says.
CREATE TABLE own_account_move (
  position    INTEGER NOT NULL,             -- of the fact in the journal
  account     TEXT NOT NULL,
  account_id  TEXT NOT NULL,
  delta_minor INTEGER NOT NULL,
  heard       INTEGER NOT NULL DEFAULT 0 CHECK (heard IN (0, 1)),
  PRIMARY KEY (account, account_id, position)
) STRICT, WITHOUT ROWID;
`;
