/** A reprint may be heard of before its sale: copies are counted beside the receipts. */
export const migration0010 = `
CREATE TABLE receipt_copy (
  sale_id BLOB PRIMARY KEY,
  copies  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO receipt_copy SELECT sale_id, copies FROM receipt WHERE copies > 0;
ALTER TABLE receipt DROP COLUMN copies;
`;
