import Database from "better-sqlite3";
import { createRequire } from "node:module";

/** What the figures were measured with. */
export function versions(): string {
  const require = createRequire(import.meta.url);
  const { version } = require("better-sqlite3/package.json") as { version: string };
  const db = new Database(":memory:");
  const row = db.prepare<[], { version: string }>("SELECT sqlite_version() AS version").get();
  db.close();
  return `Node ${process.versions.node}, better-sqlite3 ${version} (SQLite ${row?.version ?? "?"})`;
}
