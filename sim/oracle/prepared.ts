import type { Database, Statement } from "better-sqlite3";

const known = new WeakMap<Database, Map<string, Statement>>();

/** What a check asks after every step, prepared once for each life of a database. */
export function prepared<Input extends unknown[], Row>(
  db: Database,
  sql: string,
): Statement<Input, Row> {
  const statements = known.get(db) ?? new Map<string, Statement>();
  known.set(db, statements);
  const statement = statements.get(sql) ?? db.prepare(sql);
  statements.set(sql, statement);
  return statement as Statement<Input, Row>;
}
