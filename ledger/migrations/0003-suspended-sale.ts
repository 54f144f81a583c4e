/**
 * Suspended sales become a fold of their facts, so that every till of the store sees them; the cart tables hold
 * the open sale alone. (No store has run version 1: sales that it had suspended are let go.)
 */
export const migration0003 = `
-- One row a suspension, by the id of its fact; a recall that is heard of first leaves a row without lines.
CREATE TABLE suspended_sale (
  suspension_id   TEXT PRIMARY KEY,
  terminal_id     TEXT,
  suspended_at_ms INTEGER,
  suspended_by    TEXT,
  note            TEXT,
  total_minor     INTEGER,
  lines           TEXT,                     -- JSON of domain/sale/cart.ts CartLine[]
  -- The terminal that took it back; of several the smallest id, whatever order they were heard of in.
  recalled_by     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX suspended_sale_waiting ON suspended_sale (suspended_at_ms)
  WHERE recalled_by IS NULL AND lines IS NOT NULL;

DROP INDEX one_open_cart;
DELETE FROM cart_line WHERE cart_id IN (SELECT cart_id FROM cart WHERE suspended_at_ms IS NOT NULL);
DELETE FROM cart WHERE suspended_at_ms IS NOT NULL;
ALTER TABLE cart DROP COLUMN suspended_at_ms;
ALTER TABLE cart DROP COLUMN suspended_by;
ALTER TABLE cart DROP COLUMN note;
ALTER TABLE cart DROP COLUMN total_minor;
CREATE TRIGGER one_open_cart BEFORE INSERT ON cart WHEN EXISTS (SELECT 1 FROM cart)
BEGIN SELECT RAISE(ABORT, 'there is one open sale at a time'); END;
`;
