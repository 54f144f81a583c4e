/** [H6] What a till heard by way of a hub and the cloud has not told of, and what it journaled again. */
export const migration0011 = `
-- ---------------------------------------------------------------- truth
-- Store facts that came by way of a hub and that the cloud's feed has not told. Of our own: facts that the
-- journal has lost and that the cloud may lack.
-- In the order in which it became hearsay; a number is never used twice.
CREATE TABLE hearsay (
  no       INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL UNIQUE          -- of the store_fact
) STRICT;
-- Lost facts of our own that were journaled again, by the position of the store_fact.
CREATE TABLE retold_fact (
  store_position INTEGER PRIMARY KEY,
  position       INTEGER NOT NULL REFERENCES journal (position)
) STRICT;
-- A store_fact of epoch 0 has no place: another fact stands at that of its body, and the cloud has not told
-- where it is now. Its seq is its position.
CREATE INDEX store_fact_unplaced ON store_fact (position) WHERE epoch = 0;
`;
