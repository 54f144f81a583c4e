import type Database from "better-sqlite3";

/** A statement as it was run, with what was bound to it. */
export interface RunStatement {
  readonly sql: string;
  readonly bound: readonly unknown[];
}

interface StatementPrototype {
  run: (...bound: unknown[]) => unknown;
  get: (...bound: unknown[]) => unknown;
}

/**
 * Listens to everything that writes through better-sqlite3 in this process, until `stop`. Statements that only read
 * and those that begin and end transactions are left out.
 */
export function listenToWrites(db: Database.Database): { stop(): RunStatement[] } {
  const prototype = Object.getPrototypeOf(db.prepare("SELECT 1")) as StatementPrototype;
  const { run, get } = prototype;
  const heard: RunStatement[] = [];
  const note = (statement: Database.Statement, bound: unknown[]) => {
    if (/^\s*(INSERT|UPDATE|DELETE)/i.test(statement.source)) {
      heard.push({ sql: statement.source, bound });
    }
  };
  prototype.run = function (this: Database.Statement, ...bound: unknown[]) {
    note(this, bound);
    return run.apply(this, bound);
  };
  // INSERT … RETURNING answers through `get`.
  prototype.get = function (this: Database.Statement, ...bound: unknown[]) {
    note(this, bound);
    return get.apply(this, bound);
  };
  return {
    stop() {
      prototype.run = run;
      prototype.get = get;
      return heard;
    },
  };
}

/** Runs statements in one transaction, with nothing around them but better-sqlite3 itself. */
export function createBareWriter(
  db: Database.Database,
): (statements: readonly RunStatement[]) => void {
  const prepared = new Map<string, Database.Statement>();
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");

  function statementOf(sql: string): Database.Statement {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }

  return (statements) => {
    begin.run();
    for (const { sql, bound } of statements) {
      const statement = statementOf(sql);
      if (statement.reader) statement.get(...bound);
      else statement.run(...bound);
    }
    commit.run();
  };
}
