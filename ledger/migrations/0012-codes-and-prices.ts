/**
 * [C3] A price that began here before the cloud said so is remembered as it was: the clock may have
 * been wrong. A till's own claim on a code and another good's may both stand here until the cloud has judged:
 * each good keeps its own, so that nothing is lost with the claim that did not come to stand.
 */
export const migration0012 = `
CREATE TABLE code_of_product (
  code       TEXT NOT NULL,
  product_id INTEGER NOT NULL,
  PRIMARY KEY (code, product_id)
) STRICT, WITHOUT ROWID;
INSERT INTO code_of_product SELECT code, product_id FROM product_code ORDER BY code;
DROP TABLE product_code;
ALTER TABLE code_of_product RENAME TO product_code;
CREATE INDEX product_code_of ON product_code (product_id);

CREATE TABLE begun_price (
  sku    TEXT PRIMARY KEY,
  before TEXT NOT NULL                      -- the good before its price began, JSON
) STRICT, WITHOUT ROWID;
`;
