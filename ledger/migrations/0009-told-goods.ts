/** [C3] What the feed told of a good while an own edit of it lay over it, unheard. */
export const migration0009 = `
ALTER TABLE own_edit ADD COLUMN told TEXT;
`;
