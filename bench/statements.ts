import Database from "better-sqlite3";

/** A statement as it was run, with what was bound to it. */
export interface RunStatement {
  readonly sql: string;
  readonly bound: readonly unknown[];
}

interface StatementPrototype {
  run: (...bound: unknown[]) => unknown;
  get: (...bound: unknown[]) => unknown;
}

/** Hears what better-sqlite3 writes in this process, while it listens. */
export interface WriteEar {
  listen(): void;
  stop(): RunStatement[];
}

/**
 * To be put on before a ledger is opened: a ledger's statements take hold of what runs them at their first use.
 * Statements that only read and those that begin and end transactions are left out.
 */
export function putOnEar(): WriteEar {
  const db = new Database(":memory:");
  const prototype = Object.getPrototypeOf(db.prepare("SELECT 1")) as StatementPrototype;
  db.close();
  const { run, get } = prototype;
  let heard: RunStatement[] | null = null;
  const note = (statement: Database.Statement, bound: unknown[]) => {
    if (/^\s*(INSERT|UPDATE|DELETE)/i.test(statement.source)) {
      heard?.push({ sql: statement.source, bound });
    }
  };
  prototype.run = function (this: Database.Statement, ...bound: unknown[]) {
    if (heard !== null) note(this, bound);
    return run.apply(this, bound);
  };
  // INSERT … RETURNING answers through `get`.
  prototype.get = function (this: Database.Statement, ...bound: unknown[]) {
    if (heard !== null) note(this, bound);
    return get.apply(this, bound);
  };
  return {
    listen() {
      heard = [];
    },
    stop() {
      const all = heard ?? [];
      heard = null;
      return all;
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
