import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { storePortContract } from "../store-port-contract.ts";
import { openDatabase } from "./open-database.ts";
import { migrations } from "./schema.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { stockKeyMigration } from "./stock-schema.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-store-"));
  path = join(folder, "store.db");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the SQLite store keeps the port's promises", () => {
  it.each(storePortContract(async () => openSqliteStore(path)).map((c) => [c.title, c] as const))(
    "%s",
    async (_, contractCase) => {
      await contractCase.run();
    },
  );
});

describe("the SQLite file", () => {
  it("[U3] runs in WAL with synchronous=FULL, also after a first write and a second opening", () => {
    for (let opening = 1; opening <= 2; opening++) {
      const db = openDatabase(path);
      expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
      expect(db.pragma("synchronous", { simple: true })).toBe(2);
      expect(db.prepare("SELECT times FROM opening").pluck().get()).toBe(opening);
      db.close();
    }
  });

  it("holds whole numbers in strict tables only", () => {
    const db = openDatabase(path);
    const tables = db
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'",
      )
      .all();
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter(({ strict }) => strict === 0)).toEqual([]);
    db.close();
  });

  it("[C1] [C2] keeps every level of a file that was written before they were kept by their key", () => {
    const old = new Database(path);
    for (const one of migrations.slice(0, migrations.indexOf(stockKeyMigration))) old.exec(one);
    old.pragma(`user_version = ${migrations.indexOf(stockKeyMigration)}`);
    old.exec(`
      INSERT INTO store (store_no, store_id, settings, feed_end) VALUES (1, 's1', '{}', 0), (2, 's2', '{}', 0);
      INSERT INTO stock (store_no, sku, level_milli, stated, count_no) VALUES
        (2, 'milk', 3000, 0, NULL), (1, 'milk', -2000, 1, NULL), (1, 'bread', 7000, 1, 4)`);
    old.close();
    const db = openDatabase(path);
    expect(db.prepare("SELECT * FROM stock ORDER BY store_no, sku").raw().all()).toEqual([
      [1, "bread", 7000, 1, 4],
      [1, "milk", -2000, 1, null],
      [2, "milk", 3000, 0, null],
    ]);
    const indexes = db.prepare(
      "SELECT name FROM pragma_index_list('stock') WHERE origin = 'c' ORDER BY name",
    );
    expect(indexes.pluck().all()).toEqual(["stock_below_zero", "stock_counted"]);
    expect(db.pragma("foreign_key_check")).toEqual([]);
    db.close();
  });

  it("[U2] refuses to change or delete a fact", () => {
    const db = openDatabase(path);
    db.pragma("foreign_keys = OFF");
    db.exec(
      `INSERT INTO fact (terminal_no, epoch, seq, hash, verdict, received_at_ms, body)
       VALUES (1, 1, 1, 'h', 'applied', 0, '{}')`,
    );
    expect(() => db.exec("DELETE FROM fact")).toThrow("never deleted");
    expect(() => db.exec("UPDATE fact SET body = ''")).toThrow("never changed");
    db.close();
  });

  it("says so when a newer Evertill wrote it, and leaves it alone", () => {
    openDatabase(path).close();
    const db = new Database(path);
    db.pragma("user_version = 99");
    db.close();
    expect(() => openDatabase(path)).toThrow("was written by a newer Evertill (schema 99");
  });
});
