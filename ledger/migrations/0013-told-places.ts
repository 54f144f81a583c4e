/** [U3] Where the cloud holds a fact of our journal that another life of it said first. */
export const migration0013 = `
CREATE TABLE told_place (
  position INTEGER PRIMARY KEY REFERENCES journal (position),
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL
) STRICT;
`;
