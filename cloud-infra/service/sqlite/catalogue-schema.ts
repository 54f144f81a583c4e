/** [C3] [C4] [U8] Tables of edits, returns and exceptions; see the migrations in `schema.ts`. */
export const exceptionFeedMigration = `
  ALTER TABLE exception ADD COLUMN position INTEGER;
  ALTER TABLE exception ADD COLUMN resolved_by TEXT;
  ALTER TABLE exception ADD COLUMN resolution TEXT;
`;
