import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findChromium } from "./browser-window.ts";
import { hasDisplay } from "./display.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function folderWith(name: string, mode = 0o755): string {
  const folder = temporaryFolder("browser");
  mkdirSync(join(folder, "google-chrome"));
  writeFileSync(join(folder, name), "#!/bin/sh\n");
  chmodSync(join(folder, name), mode);
  return folder;
}

it("finds a browser on the PATH, and only a program", () => {
  const folder = folderWith("chromium");
  expect(findChromium("linux", { PATH: `/nowhere:${folder}` })).toBe(join(folder, "chromium"));
  expect(findChromium("linux", { PATH: folderWith("chromium", 0o644) })).toBeNull();
  expect(findChromium("linux", {})).toBeNull();
});

it("EVERTILL_CHROMIUM is taken at its word", () => {
  const named = join(folderWith("my-browser"), "my-browser");
  expect(findChromium("linux", { EVERTILL_CHROMIUM: named, PATH: folderWith("chromium") })).toBe(
    named,
  );
  expect(findChromium("linux", { EVERTILL_CHROMIUM: "/nowhere/at-all" })).toBeNull();
});

it("a window can be seen with X or Wayland, and not over ssh to a desktop", () => {
  expect(hasDisplay("linux", {})).toBe(false);
  expect(hasDisplay("linux", { DISPLAY: "" })).toBe(false);
  expect(hasDisplay("linux", { DISPLAY: ":0" })).toBe(true);
  expect(hasDisplay("linux", { WAYLAND_DISPLAY: "wayland-0" })).toBe(true);
  expect(hasDisplay("win32", {})).toBe(true);
  expect(hasDisplay("darwin", { SSH_CONNECTION: "1 2" })).toBe(false);
});
