/** What a till keeps for the store's other tills while it is their hub, and its own place at the hub. */
export const migration0004 = `
-- A terminal that began a new epoch says the same facts again at other places: by their ids they are known.
CREATE INDEX store_fact_id ON store_fact (json_extract(body, '$.id'));

CREATE TABLE relay_chain (
  terminal_id TEXT NOT NULL,
  epoch       INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  hash        TEXT NOT NULL,
  cloud_seq   INTEGER NOT NULL,             -- up to here the cloud has the facts
  PRIMARY KEY (terminal_id, epoch)
) STRICT, WITHOUT ROWID;
-- AUTOINCREMENT: a position is never used twice, also when the last batches were let go.
CREATE TABLE relay_batch (
  position    INTEGER PRIMARY KEY AUTOINCREMENT,
  terminal_id TEXT NOT NULL,
  epoch       INTEGER NOT NULL,
  first_seq   INTEGER NOT NULL,
  last_seq    INTEGER NOT NULL,
  hash        TEXT NOT NULL,
  signature   TEXT NOT NULL,
  facts       TEXT NOT NULL,                -- JSON of sync/protocol WireFact[], as they were signed
  at_ms       INTEGER NOT NULL
) STRICT;
CREATE INDEX relay_batch_of ON relay_batch (terminal_id, epoch, last_seq);
CREATE TABLE relay_claim (
  suspension_id TEXT PRIMARY KEY,
  terminal_id   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE hub_mark (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  hub_id TEXT NOT NULL,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  hash   TEXT NOT NULL,
  cursor INTEGER NOT NULL
) STRICT;
`;
