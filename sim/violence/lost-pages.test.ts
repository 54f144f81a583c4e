import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Chance } from "../world/chance.ts";
import { filesNow, loseUnsynced, dividedBySync } from "./lost-pages.ts";
import { parseStrace } from "./strace.ts";

const traced = `\
77 pwrite64(22</d/a-wal>, ""..., 24, 32) = 24
77 pwrite64(22</d/a-wal>, ""..., 4096, 56) = 4096
78 fsync(9</d/other> <unfinished ...>
77 fsync(22</d/a-wal> <unfinished ...>
78 <... fsync resumed>) = 0
77 <... fsync resumed>) = 0 (INJECTED)
77 pwrite64(22</d/a-wal>, ""..., 24, 4152 <unfinished ...>
78 fdatasync(9</d/other>) = 0
77 <... pwrite64 resumed>) = 24
77 fsync(22</d/a-wal>) = ?
77 +++ killed by SIGKILL +++
`;

/** Chance that loses everything. */
const loseAll = { pick: (list: readonly unknown[]) => list[0], happens: () => false };

let folder: string;
let database: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-pages-"));
  database = join(folder, "a");
  log = `${database}-wal`;
});
afterEach(() => rmSync(folder, { recursive: true }));

const lose = (calls: Parameters<typeof dividedBySync>[0], before: Map<string, Buffer>) =>
  loseUnsynced(database, before, calls, loseAll as unknown as Chance);

describe("what a power cut takes", () => {
  it("strace's lines are read, those of several threads and of a kill in the middle too", () => {
    expect(parseStrace(traced)).toEqual([
      { kind: "write", path: "/d/a-wal", at: 32, bytes: 24 },
      { kind: "write", path: "/d/a-wal", at: 56, bytes: 4096 },
      { kind: "sync", path: "/d/other" },
      { kind: "sync", path: "/d/a-wal" },
      { kind: "write", path: "/d/a-wal", at: 4152, bytes: 24 },
      { kind: "sync", path: "/d/other" },
    ]);
    expect(dividedBySync(parseStrace(traced)).unsynced).toEqual([
      { path: "/d/a-wal", at: 4152, bytes: 24 },
    ]);
  });

  it("a log is as long as at its last fsync", () => {
    writeFileSync(log, Buffer.alloc(3 * 512, 1));
    const calls = [
      { kind: "write", path: log, at: 0, bytes: 1024 },
      { kind: "sync", path: log },
      { kind: "write", path: log, at: 1024, bytes: 512 },
    ] as const;
    expect(lose(calls, new Map())).toEqual({ atRisk: 1, lost: 1 });
    expect(readFileSync(log)).toEqual(Buffer.alloc(1024, 1));
  });

  it("what was fsynced in the same sector stays", () => {
    writeFileSync(log, Buffer.alloc(612, 1));
    const calls = [
      { kind: "write", path: log, at: 0, bytes: 100 },
      { kind: "sync", path: log },
      { kind: "write", path: log, at: 100, bytes: 512 },
    ] as const;
    expect(lose(calls, new Map())).toEqual({ atRisk: 2, lost: 2 });
    expect(readFileSync(log)).toEqual(Buffer.alloc(100, 1));
  });

  it("a page of the database is as it was before", () => {
    writeFileSync(database, Buffer.alloc(1024, 1));
    const before = new Map(filesNow(database));
    writeFileSync(database, Buffer.alloc(1024, 2));
    lose([{ kind: "write", path: database, at: 512, bytes: 512 }], before);
    expect(readFileSync(database)).toEqual(
      Buffer.concat([Buffer.alloc(512, 2), Buffer.alloc(512, 1)]),
    );
  });

  it("what was fsynced stays", () => {
    writeFileSync(log, Buffer.alloc(512, 1));
    const calls = [
      { kind: "write", path: log, at: 0, bytes: 512 },
      { kind: "sync", path: log },
    ] as const;
    expect(lose(calls, new Map())).toEqual({ atRisk: 0, lost: 0 });
    expect(readFileSync(log)).toEqual(Buffer.alloc(512, 1));
  });
});
