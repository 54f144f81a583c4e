/** [D2] Snapshots: where one is, what goes with the cursor of the feed, and what is not indexed yet. */
export const migration0005 = `
CREATE TABLE feed_seen (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  stamp TEXT,                               -- null: nothing was read yet, or from an older cloud
  known INTEGER NOT NULL                    -- entries up to here a snapshot brought, all but facts
) STRICT;
INSERT INTO feed_seen VALUES (1, NULL, 0);

-- One row while a snapshot is being taken over.
CREATE TABLE snapshot (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  why   TEXT NOT NULL CHECK (why IN ('new-till', 'too-old', 'cloud-restored')),
  next  TEXT,                               -- what to ask the next page with
  done  INTEGER NOT NULL,
  total INTEGER NOT NULL
) STRICT;

-- One row while goods wait for their search entries: those above this number may have none.
CREATE TABLE search_lag (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  product_id INTEGER NOT NULL
) STRICT;

-- Kinds of changes that this program did not know when they came.
CREATE TABLE passed_over (
  kind         TEXT PRIMARY KEY,
  first_cursor INTEGER NOT NULL,            -- end of the page that brought the first
  times        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
