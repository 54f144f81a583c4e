import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { hasDisplay, isSuperuser } from "./display.ts";

/** Browsers that can show one page as a window of its own, the likeliest first. */
const names: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    ...["microsoft-edge", "microsoft-edge-stable", "brave-browser"],
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "Google\\Chrome\\Application\\chrome.exe",
    "Microsoft\\Edge\\Application\\msedge.exe",
    "Chromium\\Application\\chrome.exe",
  ],
};

/** A Chromium of this machine, or null. `EVERTILL_CHROMIUM` names another. */
export function findChromium(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string | null {
  const named = env["EVERTILL_CHROMIUM"];
  if (named !== undefined && named !== "") return isProgram(named) ? named : null;
  const roots =
    platform === "win32"
      ? [env["ProgramFiles"], env["ProgramFiles(x86)"], env["LOCALAPPDATA"]]
      : platform === "darwin"
        ? [""]
        : (env["PATH"] ?? "").split(delimiter);
  const places = roots.filter((root) => root !== undefined);
  const candidates = (names[platform] ?? []).flatMap((name) =>
    places.map((place) => (place === "" ? name : join(place, name))),
  );
  return candidates.find(isProgram) ?? null;
}

/**
 * Shows `url` in a window of its own, with a profile in `profile`. Null where no window can be shown.
 * The address's token can be seen in the list of processes for the moment until the window used it up.
 */
export function openBrowserWindow(url: string, profile: string): ChildProcess | null {
  const chromium = hasDisplay() && !isSuperuser() ? findChromium() : null;
  if (chromium === null) return null;
  const window = spawn(
    chromium,
    [
      `--app=${url}`,
      `--user-data-dir=${profile}`,
      "--window-size=1366,768",
      "--no-first-run",
      "--no-default-browser-check",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    { stdio: "ignore", detached: process.platform !== "win32" },
  );
  window.on("error", () => {});
  return window;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
