import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { ensureDesktop } from "../host/node/build/desktop.ts";
import { ensurePages } from "../host/node/build/pages.ts";
import { temporaryFolder } from "../host/node/temporary-folder.ts";

/**
 * Packs the app by electron-builder.yml with a program that only looks like Electron, and looks at what is
 * in the archive. Fuses are left out: they are switched inside the real program.
 */
const root = join(import.meta.dirname, "..");
const folder = temporaryFolder("packed");
const resources = join(folder, "out", "linux-unpacked", "resources");

interface Entry {
  readonly files?: Readonly<Record<string, Entry>> | undefined;
  readonly unpacked?: boolean | undefined;
}
const entrySchema: z.ZodType<Entry> = z.lazy(() =>
  z.object({
    files: z.record(z.string(), entrySchema).optional(),
    unpacked: z.boolean().optional(),
  }),
);

/** Path → whether it lies beside the archive instead of in it. */
const packed = new Map<string, boolean>();

beforeAll(async () => {
  const quiet = () => {};
  await Promise.all([ensurePages(quiet), ensureDesktop(quiet)]);
  const electron = join(folder, "electron");
  mkdirSync(join(electron, "resources"), { recursive: true });
  writeFileSync(join(electron, "electron"), "#!/bin/sh\n");
  chmodSync(join(electron, "electron"), 0o755);
  const { version } = JSON.parse(
    readFileSync(join(root, "node_modules", "electron", "package.json"), "utf8"),
  ) as { version: string };
  writeFileSync(join(electron, "version"), version);
  const settings = readFileSync(join(root, "electron-builder.yml"), "utf8");
  const config = join(folder, "electron-builder.yml");
  writeFileSync(config, settings.replace(/^electronFuses:\n(?: .*\n)+/m, ""));
  const builder = join(root, "node_modules", "electron-builder", "cli.js");
  execFileSync(
    process.execPath,
    [
      ...[builder, "--linux", "dir", "--config", config],
      ...[`-c.electronDist=${electron}`, `-c.directories.output=${join(folder, "out")}`],
    ],
    { cwd: root, stdio: "pipe" },
  );
  list(headerOf(join(resources, "app.asar")), "");
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** An asar begins with two Pickles: a size, and the length and text of a JSON header. */
function headerOf(archive: string): Entry {
  const file = openSync(archive, "r");
  const sizes = Buffer.alloc(16);
  readSync(file, sizes, 0, 16, 0);
  const text = Buffer.alloc(sizes.readUInt32LE(12));
  readSync(file, text, 0, text.length, 16);
  closeSync(file);
  return entrySchema.parse(JSON.parse(text.toString("utf8")));
}

function list(entry: Entry, path: string): void {
  if (entry.files === undefined) packed.set(path, entry.unpacked === true);
  for (const [name, child] of Object.entries(entry.files ?? {})) {
    list(child, path === "" ? name : `${path}/${name}`);
  }
}

const bundles = () => [...packed.keys()].filter((path) => /^electron\/dist\/.*js$/.test(path));

it("the archive has the program that package.json names, its preload, its host and its page", () => {
  const { main } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { main: string };
  const needed = [main, "electron/dist/preload.cjs", "electron/dist/utility.mjs"];
  expect([...needed, "renderer/dist/index.html"].filter((path) => !packed.has(path))).toEqual([]);
});

it("the fuses of electron-builder.yml are the closed ones", () => {
  const settings = readFileSync(join(root, "electron-builder.yml"), "utf8");
  expect(settings).toMatch(/runAsNode: false/);
  expect(settings).toMatch(/onlyLoadAppFromAsar: true/);
  expect(settings).toMatch(/enableNodeCliInspectArguments: false/);
});

it("every module that the bundles do not hold is in the archive", () => {
  const imported = bundles().flatMap((path) => {
    const source = readFileSync(join(root, path), "utf8").replace(/^\s*(\/\/|\/?\*).*$/gm, "");
    const names = source.matchAll(
      /(?:^import[^;"']*|\bfrom |\bimport\(|\brequire\()["']([^"'./][^"']*)["']/gm,
    );
    return [...names].map(([, name = ""]) => name);
  });
  const outside = new Set(
    imported.filter((name) => !isBuiltin(name) && !/^electron(\/|$)/.test(name)),
  );
  // `ws` asks for these two and does without them.
  for (const optional of ["bufferutil", "utf-8-validate"]) outside.delete(optional);
  expect([...outside].toSorted()).toEqual(["@napi-rs/canvas", "better-sqlite3", "node-hid"]);
  for (const name of outside) expect(packed.has(`node_modules/${name}/package.json`)).toBe(true);
  expect([...packed.keys()].some((path) => path.startsWith("node_modules/pkg-prebuilds/"))).toBe(
    true,
  );
});

it("every native module lies beside the archive, the ones for this machine among them", () => {
  const native = [...packed].filter(([path]) => path.endsWith(".node"));
  expect(native.filter(([, unpacked]) => !unpacked)).toEqual([]);
  const here = `${process.platform}-${process.arch}`;
  for (const module of ["better-sqlite3", "node-hid", "@napi-rs"]) {
    const mine = native.filter(([path]) => path.includes(module) && path.includes(here));
    expect([module, mine.length]).not.toEqual([module, 0]);
    for (const [path] of mine)
      expect(existsSync(join(resources, "app.asar.unpacked", path))).toBe(true);
  }
});

it("every font that the host reads as a file is in the archive", () => {
  const source = readFileSync(join(root, "hardware/printer/fonts.ts"), "utf8");
  const noto = /const noto = "([^"]+)"/.exec(source)?.[1] ?? "";
  const fonts = [...source.matchAll(/["`]([^"`\n]+\.woff2)["`]/g)].map(([, path = ""]) =>
    path.replace(/^\$\{noto\}/, noto),
  );
  expect(fonts.length).toBeGreaterThan(5);
  expect(fonts.filter((font) => !packed.has(`node_modules/${font}`))).toEqual([]);
});

it("nothing else is in the archive: no sources, no maps, no other packages", () => {
  const strange = [...packed.keys()].filter((path) => {
    if (path.startsWith("node_modules/")) {
      return !/^node_modules\/(better-sqlite3|node-hid|pkg-prebuilds|@napi-rs|@fontsource)/.test(
        path,
      );
    }
    return /\.(ts|tsx|map)$/.test(path) || !/^(electron|renderer)\/dist\/|^[A-Za-z.]+$/.test(path);
  });
  expect(strange).toEqual([]);
});
