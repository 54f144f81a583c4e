import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGroupCommit, type GroupCommit } from "./group-commit.ts";

let folder: string;
let db: Database.Database;
let flushes: (() => void)[];
let group: GroupCommit<number, string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-group-"));
  db = new Database(join(folder, "group.db"));
  db.exec("CREATE TABLE number (value INTEGER PRIMARY KEY, later INTEGER NOT NULL) STRICT");
  const insert = db.prepare("INSERT INTO number VALUES (?, ?)");
  const run = db.transaction((value: number) => {
    insert.run(value, value + 1);
    if (value < 0) throw new Error(`no room for ${value}`);
    return `kept ${value}`;
  });
  flushes = [];
  group = createGroupCommit(db, run, (flush) => flushes.push(flush));
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const flush = () => {
  for (const one of flushes.splice(0)) one();
};
const held = () => db.prepare("SELECT value FROM number ORDER BY value").pluck().all();

describe("a group commit", () => {
  it("[U3] does what came together in one transaction, and answers each", async () => {
    const other = new Database(join(folder, "group.db"));
    const version = () => Number(other.pragma("data_version", { simple: true }));
    const before = version();
    const answers = [1, 2, 3].map((value) => group.add("a", value));
    expect([flushes.length, held()]).toEqual([1, []]);
    flush();
    expect(await Promise.all(answers)).toEqual(["kept 1", "kept 2", "kept 3"]);
    expect(held()).toEqual([1, 2, 3]);
    // SQLite counts how often others changed the file.
    expect(version()).not.toBe(before);
    other.close();
  });

  it("[U4] one that fails takes none of the others along", async () => {
    const answers = [1, -2, 3].map((value) => group.add("a", value));
    flush();
    const settled = await Promise.allSettled(answers);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(held()).toEqual([1, 3]);
  });

  it("[U2] what waits for a chain is done before that chain is read", async () => {
    const answer = group.add("till", 7);
    group.settle("another till");
    expect(held()).toEqual([]);
    group.settle("till");
    expect([held(), await answer]).toEqual([[7], "kept 7"]);
    flush();
    expect(held()).toEqual([7]);
  });
});
