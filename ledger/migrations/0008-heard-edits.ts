/** [C3] An own edit that the cloud has heard of counts here until the feed tells what came of it. */
export const migration0008 = `
ALTER TABLE own_edit ADD COLUMN heard INTEGER NOT NULL DEFAULT 0 CHECK (heard IN (0, 1));
`;
