/** [D5] What the last page of a snapshot said of itself. */
export const migration0014 = `
ALTER TABLE feed_seen ADD COLUMN read TEXT;
`;
