import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { compilingLate } from "./late-statements.ts";
import { ledgerOn } from "./ledger.ts";
import { openEmpty } from "./open-database.ts";

describe("statements that are compiled when they are used first", () => {
  it("answer as those that were compiled at once", () => {
    const db = compilingLate(new Database(":memory:"));
    const later = db.prepare("INSERT INTO good VALUES (?, ?)");
    const one = db.prepare<[string], { sku: string }>("SELECT * FROM good WHERE sku = ?");
    const level = db.prepare<[], number>("SELECT level FROM good ORDER BY 1").pluck();
    const rows = db.prepare("SELECT * FROM good ORDER BY sku").raw();
    db.exec("CREATE TABLE good (sku TEXT, level INTEGER)");
    later.run("tea", 3);
    expect(later.run("salt", 7).changes).toBe(1);
    expect([one.get("tea"), one.get("tea")]).toEqual([
      { sku: "tea", level: 3 },
      { sku: "tea", level: 3 },
    ]);
    expect([level.all(), level.get()]).toEqual([[3, 7], 3]);
    expect([...rows.iterate()]).toEqual([
      ["salt", 7],
      ["tea", 3],
    ]);
    db.close();
  });

  it("fit the tables all the same: every one of a ledger's compiles", () => {
    const db = openEmpty();
    expect(() => ledgerOn(db, db)).not.toThrow();
    db.close();
  });
});
