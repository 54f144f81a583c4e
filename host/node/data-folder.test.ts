import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { dataFolder, defaultDataFolder, emptyDataFolder, makeDataFolder } from "./data-folder.ts";
import { takeFolderLock } from "./folder-lock.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const temporary = () => temporaryFolder("folder");

describe("the default data folder", () => {
  it("follows XDG_DATA_HOME, unless it is relative [XDG Base Directory]", () => {
    expect(defaultDataFolder("linux", { XDG_DATA_HOME: "/x/data" })).toBe("/x/data/evertill/demo");
    const home = join(homedir(), ".local/share/evertill/demo");
    expect(defaultDataFolder("linux", {})).toBe(home);
    expect(defaultDataFolder("linux", { XDG_DATA_HOME: "data" })).toBe(home);
  });

  it("is the local application data on Windows and the Library on a Mac", () => {
    const windows = defaultDataFolder("win32", { LOCALAPPDATA: "C:\\L", APPDATA: "C:\\R" });
    expect(windows.startsWith("C:\\L")).toBe(true);
    expect(defaultDataFolder("darwin", {})).toContain("Library/Application Support");
  });
});

it("emptying deletes what Evertill made and leaves everything else", () => {
  const folder = dataFolder(temporary());
  makeDataFolder(folder);
  writeFileSync(folder.ledger, "x");
  writeFileSync(folder.ports, "{}");
  mkdirSync(folder.store);
  const letter = join(folder.root, "letter.txt");
  writeFileSync(letter, "dear all");
  emptyDataFolder(folder);
  expect([folder.ledger, folder.ports, folder.store, folder.logs].filter(existsSync)).toEqual([]);
  expect(existsSync(letter)).toBe(true);
});

describe("the folder's lock", () => {
  const module = pathToFileURL(join(import.meta.dirname, "folder-lock.ts")).href;
  const tryIn = (file: string) =>
    spawnSync(process.execPath, [
      "--input-type=module",
      "-e",
      `import { takeFolderLock } from ${JSON.stringify(module)};
      console.log(takeFolderLock(${JSON.stringify(file)}) === null ? "refused" : "taken")`,
    ]).stdout.toString();

  it("is one process's at a time", () => {
    const { lock } = dataFolder(temporary());
    const held = takeFolderLock(lock);
    expect(held).not.toBeNull();
    expect(tryIn(lock)).toBe("refused\n");
    held?.release();
    expect(tryIn(lock)).toBe("taken\n");
  });

  it("is let go of by a process that is killed", () => {
    const { lock } = dataFolder(temporary());
    spawnSync(process.execPath, [
      "--input-type=module",
      "-e",
      `import { takeFolderLock } from ${JSON.stringify(module)};
      takeFolderLock(${JSON.stringify(lock)}); process.kill(process.pid, "SIGKILL")`,
    ]);
    expect(tryIn(lock)).toBe("taken\n");
  });
});
