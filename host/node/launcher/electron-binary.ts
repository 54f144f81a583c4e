import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { hasDisplay, isSuperuser } from "./display.ts";

/** A download that takes longer than this is not waited for: the till opens in a browser instead. */
const longestFetchMs = 20_000;
/** After a failed download the next starts do not wait again for so long. */
const fetchPauseMs = 24 * 3600 * 1000;

/**
 * The Electron program for a window, or null when there is none to be had: no screen, no download, or
 * the superuser, for whom Chromium refuses its sandbox. A program named by `ELECTRON_OVERRIDE_DIST_PATH`
 * (Electron's own variable) is taken at its word.
 */
export async function findElectron(
  memory: string,
  say: (text: string) => void,
): Promise<string | null> {
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (override !== undefined && override !== "") {
    const path = join(override, electronFile());
    return existsSync(path) ? path : null;
  }
  if (!hasDisplay() || isSuperuser()) return null;
  const folder = electronFolder();
  if (folder === null) return null;
  return installed(folder) ?? (await fetchElectron(folder, memory, say));
}

/** Where the npm package `electron` keeps the program on this system. */
function electronFile(): string {
  if (process.platform === "darwin") return "Electron.app/Contents/MacOS/Electron";
  return process.platform === "win32" ? "electron.exe" : "electron";
}

function electronFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  } catch {
    return null;
  }
}

function installed(folder: string): string | null {
  const path = join(folder, "dist", electronFile());
  return existsSync(join(folder, "path.txt")) && existsSync(path) ? path : null;
}

/** Runs the package's own installer, which checks what it downloads. */
async function fetchElectron(
  folder: string,
  memory: string,
  say: (text: string) => void,
): Promise<string | null> {
  if (Date.now() - lastFailureMs(memory) < fetchPauseMs) return null;
  say(`Fetching Electron for the window (at most ${longestFetchMs / 1000} s) …`);
  const installer = spawn(process.execPath, [join(folder, "install.js")], { stdio: "ignore" });
  const code = await new Promise<number | null>((resolve) => {
    const timer = setTimeout(() => installer.kill("SIGKILL"), longestFetchMs);
    installer.once("error", () => resolve(null));
    installer.once("exit", (status) => {
      clearTimeout(timer);
      resolve(status);
    });
  });
  const path = code === 0 ? installed(folder) : null;
  if (path === null) {
    writeFileSync(memory, String(Date.now()));
    say("Electron could not be fetched; a browser window does the same.");
  }
  return path;
}

function lastFailureMs(memory: string): number {
  try {
    return Number(readFileSync(memory, "utf8"));
  } catch {
    return 0;
  }
}
