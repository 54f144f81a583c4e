import type { Database, Statement } from "better-sqlite3";

const uses = ["run", "get", "all", "iterate"] as const;
const modes = ["pluck", "raw"] as const;
type AnyStatement = Statement;

/**
 * The same database, which compiles a statement when it is used first. A ledger asks some two
 * hundred different things, and a day asks a third of them: to compile them all kept a till from
 * being ready.
 */
export function compilingLate(db: Database): Database {
  const prepare = (sql: string) => lateStatement(() => db.prepare(sql));
  return Object.create(db, { prepare: { value: prepare } }) as Database;
}

function lateStatement(compile: () => AnyStatement): AnyStatement {
  const asked: (typeof modes)[number][] = [];
  const late = {} as AnyStatement;
  for (const use of uses) late[use] = (...values: unknown[]) => made()[use](...values) as never;
  for (const mode of modes) {
    late[mode] = () => {
      asked.push(mode);
      return late;
    };
  }

  /** After the first use nothing stands between the caller and the statement. */
  function made(): AnyStatement {
    const statement = compile();
    for (const mode of asked) statement[mode]();
    for (const use of uses) late[use] = statement[use].bind(statement) as never;
    for (const mode of modes) late[mode] = statement[mode].bind(statement) as never;
    return statement;
  }
  return late;
}
