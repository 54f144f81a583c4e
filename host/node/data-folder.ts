import { existsSync, mkdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where everything of one till lies. `evertill --data DIR` and `npm start -- --data DIR` mean the same. */
export interface DataFolder {
  readonly root: string;
  /** The ledger: the one file that must never be lost. */
  readonly ledger: string;
  /** Who may come in by the browser. */
  readonly door: string;
  /** What the till got at its enrolment: the store server's address and its own secret. */
  readonly enrolment: string;
  /** JSON lines of every program, and what they said on stderr. */
  readonly logs: string;
  /** The embedded store server's own folder. */
  readonly store: string;
  /** The virtual devices' own folder: their paper. */
  readonly devices: string;
  /** Reports of imports. */
  readonly reports: string;
  readonly ports: string;
  /** Profiles of the window's browser. */
  readonly browser: string;
  readonly electron: string;
  /** Held by the program that runs this folder. */
  readonly lock: string;
}

/** The parts of `root`; nothing is made yet. */
export function dataFolder(root: string): DataFolder {
  const path = resolve(root);
  return {
    root: path,
    ledger: join(path, "till", "ledger.sqlite"),
    door: join(path, "till", "door.json"),
    enrolment: join(path, "till", "enrolment.json"),
    logs: join(path, "logs"),
    store: join(path, "store"),
    devices: join(path, "devices"),
    reports: join(path, "reports"),
    ports: join(path, "ports.json"),
    browser: join(path, "browser"),
    electron: join(path, "electron"),
    lock: join(path, "evertill.lock"),
  };
}

/** Makes the folder, closed to other users of the machine. */
export function makeDataFolder(folder: DataFolder): void {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  mkdirSync(join(folder.root, "till"), { recursive: true, mode: 0o700 });
  mkdirSync(folder.logs, { recursive: true, mode: 0o700 });
}

/** Deletes what Evertill made there and nothing else: the folder may be one with other things in it. */
export function emptyDataFolder(folder: DataFolder): void {
  const { root, store, devices, logs, reports, ports, browser, electron } = folder;
  for (const path of [
    join(root, "till"),
    store,
    devices,
    logs,
    reports,
    ports,
    browser,
    electron,
  ]) {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** True once a till has sold, or could have sold, from this folder. */
export function holdsLedger(folder: DataFolder): boolean {
  return existsSync(folder.ledger);
}

/**
 * The folder of the demo store for this user, by each system's rules: `XDG_DATA_HOME`
 * (XDG Base Directory Specification), `%LOCALAPPDATA%`, or `~/Library/Application Support`.
 */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string {
  if (platform === "win32") {
    const base = env["LOCALAPPDATA"] ?? env["APPDATA"] ?? join(homedir(), "AppData", "Local");
    return join(base, "Evertill", "demo");
  }
  if (platform === "darwin") {
    return join(homedir(), "Library", "Application Support", "Evertill", "demo");
  }
  const xdg = env["XDG_DATA_HOME"];
  // The specification says that a relative path is to be ignored.
  const base = xdg?.startsWith("/") === true ? xdg : join(homedir(), ".local", "share");
  return join(base, "evertill", "demo");
}
