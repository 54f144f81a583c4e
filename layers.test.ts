import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { houseFiles, houseRoot, importsOf, isSource } from "./house.ts";

/**
 * Who may import whom. What is not listed is forbidden.
 *
 * The longest `folder` that holds a file decides for it, and it may always import from itself.
 * `project` names folders and files of ours; one that has an entry of its own here must be named
 * itself ("sync" does not open "sync/transport", "sync/**" opens everything below).
 * `packages` names npm packages and Node's modules; "node:" means all of Node's.
 * `tests` is what the tests of the folder may import besides.
 */
interface Area {
  readonly folder: string;
  readonly project: readonly string[];
  readonly packages: readonly string[] | "any dependency";
  readonly tests?: readonly string[];
}

const tillLayers = [
  "domain",
  "ledger",
  "sync/**",
  "hardware/**",
  "host",
  "host/contract",
  "host/pin.ts",
];

const allowList: readonly Area[] = [
  { folder: "domain", project: [], packages: [] },
  {
    folder: "ledger",
    project: ["domain"],
    packages: ["better-sqlite3", "node:crypto", "node:fs", "node:path"],
  },
  {
    folder: "sync/protocol",
    project: ["domain"],
    packages: ["zod"],
    tests: ["sync/protocol/packed-facts.ts"],
  },
  {
    folder: "sync/protocol/packed-facts.ts",
    project: ["domain", "sync/protocol"],
    packages: ["node:zlib"],
  },
  { folder: "sync/engine", project: ["domain", "sync/protocol"], packages: [] },
  {
    folder: "sync/transport",
    project: ["domain", "sync/protocol", "sync/protocol/packed-facts.ts", "sync/engine/ports.ts"],
    packages: ["aws-amplify", "zod", "node:tls", "node:fs"],
  },
  {
    folder: "hardware",
    project: ["domain"],
    packages: ["node:net", "zod"],
    // Drivers are tested on the real node-hid and on virtual devices that really listen.
    tests: ["hardware/scanner/hid.ts", "hardware/virtual"],
  },
  {
    folder: "hardware/printer",
    project: ["domain", "hardware", "hardware/printer/fonts.ts"],
    packages: ["@point-of-sale/receipt-printer-encoder", "@napi-rs/canvas", "node:net"],
    // Driver and spool are tested on a printer that really listens.
    tests: ["hardware/virtual"],
  },
  // The fonts that ship with the program are read from their packages.
  { folder: "hardware/printer/fonts.ts", project: [], packages: ["node:fs", "node:module"] },
  {
    folder: "hardware/virtual",
    project: ["domain", "hardware", "hardware/printer", "hardware/printer/fonts.ts"],
    packages: ["@napi-rs/canvas", "bwip-js", "zod", "node:"],
  },
  {
    folder: "hardware/scanner/hid.ts",
    project: ["domain", "hardware"],
    // Linux keeps report descriptors in files.
    packages: ["node-hid", "node:fs/promises"],
  },
  {
    folder: "host",
    project: [
      "domain",
      "ledger",
      "sync/protocol",
      "sync/engine",
      "hardware",
      "hardware/printer",
      "host/contract",
      "host/pin.ts",
    ],
    packages: ["zod"],
    tests: ["host/test-till.ts", "host/test-cloud-till.ts", "host/test-office.ts"],
  },
  // PINs are hashed with scrypt, which only the machine can do fast enough.
  { folder: "host/pin.ts", project: ["domain"], packages: ["node:crypto"] },
  { folder: "host/contract", project: ["domain"], packages: ["zod"] },
  // The till that the host's tests open: a real ledger in a folder of its own.
  {
    folder: "host/test-till.ts",
    project: ["domain", "ledger", "host", "host/contract"],
    packages: ["node:"],
  },
  // The same till with a cloud whose every word the test makes.
  {
    folder: "host/test-office.ts",
    project: ["sync/protocol", "sync/engine", "host/test-till.ts"],
    packages: [],
  },
  {
    folder: "host/test-cloud-till.ts",
    project: ["domain", "ledger", "sync/engine", "host/test-till.ts"],
    packages: [],
  },
  {
    folder: "renderer",
    project: [
      "domain/values",
      "domain/shift",
      "domain/exceptions",
      "domain/proof",
      "domain/facts/payloads.ts",
      "host/contract",
      "hardware/scanner/wedge.ts",
      "hardware/scanner/control-card.ts",
      "renderer/screens/control-card/code128-bars.ts",
    ],
    packages: [
      "react",
      "react-dom",
      "react-i18next",
      "i18next",
      "zustand",
      "@mantine/core",
      "@mantine/hooks",
      "@tanstack/react-virtual",
    ],
  },
  {
    folder: "cloud-infra",
    project: ["domain", "sync/protocol", "sync/protocol/packed-facts.ts"],
    packages: [
      "better-sqlite3",
      "csv-parse",
      "graphql",
      "ws",
      "zod",
      "@peculiar/x509",
      "reflect-metadata",
      "node:",
    ],
  },
  {
    folder: "cloud-infra/doctor",
    project: ["domain", "cloud-infra"],
    packages: ["@aws-sdk/client-appsync", "graphql", "node:"],
  },

  // Composition roots: the only places that build real adapters.
  {
    folder: "host/node",
    project: [...tillLayers, "cloud-infra", "package.json"],
    packages: "any dependency",
    tests: ["host/test-till.ts"],
  },
  { folder: "electron", project: [...tillLayers, "host/node"], packages: "any dependency" },
  { folder: "electron/preload.ts", project: ["host/contract"], packages: ["electron"] },
  {
    folder: "sim",
    project: [...tillLayers, "cloud-infra"],
    // The checkers look into the cloud's database with a connection of their own.
    packages: ["better-sqlite3", "node:"],
  },
  // Real processes: what a person would start, and the renderer's own channel to it.
  {
    folder: "sim/violence",
    project: [...tillLayers, "host/node", "renderer", "renderer/e2e", "cloud-infra", "sim"],
    packages: ["node:", "ws", "zod"],
  },
  {
    folder: "bench",
    project: [...tillLayers, "host/node", "renderer", "renderer/e2e", "cloud-infra", "sim"],
    packages: "any dependency",
  },

  // The bars of the control card; the till's own screens draw none.
  {
    folder: "renderer/screens/control-card/code128-bars.ts",
    project: ["renderer"],
    packages: ["bwip-js"],
  },

  // Tests from end to end, and tools.
  {
    folder: "renderer/e2e",
    project: [...tillLayers, "host/node", "cloud-infra"],
    packages: ["@playwright/test", "node:"],
  },
  {
    folder: "electron/e2e",
    project: [...tillLayers, "host/node", "cloud-infra", "renderer/e2e"],
    packages: ["@playwright/test", "node:"],
  },
  { folder: "sync/proof", project: [...tillLayers, "cloud-infra"], packages: ["node:"] },
  { folder: "data", project: ["domain"], packages: ["csv-parse", "node:"] },
  { folder: ".ci", project: [], packages: ["node:"] },
  {
    folder: "",
    project: [],
    packages: ["node:", "vite", "vitest", "@vitejs/plugin-react", "@playwright/test"],
  },
];

/** Fewer files than this means that the test looked in the wrong place. */
const filesAtLeast = { domain: 20, ledger: 10, sync: 5, hardware: 5, host: 10, renderer: 20 };

/** Any layer's tests may use these: what runs here is not mocked, so they open real files and sockets. */
const testPackages = ["vitest", "node:"];

function holds(folder: string, path: string): boolean {
  return folder === "" ? !path.includes("/") : path === folder || path.startsWith(`${folder}/`);
}

function areaOf(path: string): Area | undefined {
  return allowList
    .filter((area) => holds(area.folder, path))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

/** What is wrong with the imports of one file, one sentence each; empty when nothing is. */
function violations(path: string, source: string): string[] {
  const area = areaOf(path);
  if (!area) return [`${path} is in no folder of the allow-list`];
  const isTest = /\.test\.tsx?$/.test(path);
  const project = [area.folder, ...area.project, ...(isTest ? (area.tests ?? []) : [])];
  const packages =
    area.packages === "any dependency"
      ? area.packages
      : [...area.packages, ...(isTest ? testPackages : [])];
  return importsOf(path, source)
    .filter((specifier) =>
      specifier.startsWith(".")
        ? !isProjectImportAllowed(path, specifier, project)
        : !isPackageImportAllowed(specifier, packages),
    )
    .map((specifier) => `${path} may not import ${specifier}`);
}

function isProjectImportAllowed(path: string, specifier: string, project: readonly string[]) {
  const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ""));
  const owner = areaOf(target)?.folder;
  if (owner === undefined) return false;
  return project.some((entry) => {
    if (entry.endsWith("/**")) return holds(entry.slice(0, -3), target);
    return holds(entry, target) && entry.length >= owner.length;
  });
}

function isPackageImportAllowed(specifier: string, packages: Area["packages"]) {
  if (specifier === "(computed)") return packages === "any dependency";
  if (packages === "any dependency") return true; // knip fails on one that package.json does not list
  if (isBuiltin(specifier)) return packages.includes("node:") || packages.includes(specifier);
  return packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

const sources = houseFiles().filter(isSource);

function topFolder(path: string): string {
  return path.includes("/") ? (path.split("/")[0] ?? "") : "";
}

describe("layers", () => {
  it("every import is on the allow-list", () => {
    const found = sources.flatMap((path) =>
      violations(path, readFileSync(join(houseRoot, path), "utf8")),
    );
    expect(found).toEqual([]);
  });

  it("saw every file that git knows, and enough of them in each layer", () => {
    const known = execFileSync("git", ["ls-files", "*.ts", "*.tsx", "*.mts", "*.mjs"], {
      cwd: houseRoot,
      encoding: "utf8",
    });
    const seen = new Set(sources);
    const present = known.split("\n").filter((path) => existsSync(join(houseRoot, path)));
    expect(present.filter((path) => path !== "" && isSource(path) && !seen.has(path))).toEqual([]);

    for (const [layer, atLeast] of Object.entries(filesAtLeast)) {
      const count = sources.filter((path) => topFolder(path) === layer).length;
      expect(count, `${layer} has ${count} files`).toBeGreaterThanOrEqual(atLeast);
    }
  });

  it("every folder with code is type-checked and on the allow-list", () => {
    const solution = readFileSync(join(houseRoot, "tsconfig.json"), "utf8");
    const tests = readFileSync(join(houseRoot, "tsconfig.tests.json"), "utf8");
    const typed = sources.filter((path) => /\.tsx?$/.test(path)).map(topFolder);
    for (const folder of new Set(typed)) {
      if (folder === "") continue;
      const checked =
        solution.includes(`"path": "${folder}"`) || tests.includes(`"${folder}/**/*.ts"`);
      expect(checked, `${folder} is in no tsconfig that \`tsc -b\` builds`).toBe(true);
    }
  });

  it.each([
    ["a static import upwards", "domain/sale/x.ts", `import { a } from "../../ledger/a.ts";`],
    ["a type only", "domain/sale/x.ts", `import type { A } from "../../host/a.ts";`],
    ["a type inside an import", "domain/x.ts", `import { type A } from "../sync/a.ts";`],
    ["a type expression", "domain/x.ts", `export type A = import("../sync/a.ts").A;`],
    ["a re-export", "domain/x.ts", `export * from "../ledger/a.ts";`],
    ["a named re-export", "domain/x.ts", `export { a } from "../ledger/a.ts";`],
    ["a dynamic import", "domain/x.ts", `export const a = () => import("../ledger/a.ts");`],
    ["a computed import", "domain/x.ts", `export const a = (b: string) => import(b);`],
    ["an import for its effect", "domain/x.ts", `import "../ledger/a.ts";`],
    ["a require", "domain/x.ts", `export const a = require("../ledger/a.ts");`],
    ["an npm package in domain", "domain/x.ts", `import { z } from "zod";`],
    ["a Node module in domain", "domain/x.ts", `import { hash } from "node:crypto";`],
    ["a test framework in domain", "domain/x.ts", `import { it } from "vitest";`],
    ["aws-amplify outside transport", "sync/engine/x.ts", `import "aws-amplify";`],
    ["a real adapter in host", "host/x.ts", `import "../sync/transport/appsync.ts";`],
    ["a real driver in host", "host/x.ts", `import "../hardware/scanner/hid.ts";`],
    ["the shell in host", "host/commands/x.ts", `import "../node/start.ts";`],
    ["node-hid outside hid.ts", "hardware/scanner/x.ts", `import "node-hid";`],
    ["SQL in a screen", "renderer/x.tsx", `import "../ledger/ledger.ts";`],
    ["a command in a screen", "renderer/x.tsx", `import "../host/commands/a.ts";`],
    ["a price made by a screen", "renderer/x.tsx", `import "../domain/pricing/price-cart.ts";`],
    ["Node in a screen", "renderer/x.tsx", `import "node:fs";`],
    ["the ledger in the cloud", "cloud-infra/service/x.ts", `import "../../ledger/a.ts";`],
    ["a preload that knows the host", "electron/preload.ts", `import "../host/host.ts";`],
    ["a path out of the house", "bench/x.ts", `import "../../elsewhere/a.ts";`],
    ["a folder that nobody listed", "stray/x.ts", `import "node:fs";`],
  ])("catches %s", (_, path, source) => {
    expect(violations(path, source)).toHaveLength(1);
  });

  it.each([
    ["domain/sale/x.ts", `import { a } from "../values/a.ts";`],
    ["domain/sale/x.test.ts", `import { it } from "vitest";`],
    ["ledger/x.ts", `import Database from "better-sqlite3";`],
    ["sync/transport/x.ts", `import { generateClient } from "aws-amplify/api";`],
    ["host/commands/x.ts", `import { a } from "../../sync/engine/a.ts";`],
    ["host/node/x.ts", `import { a } from "../../sync/transport/a.ts"; import "node:http";`],
    ["renderer/x.tsx", `import { a } from "../hardware/scanner/wedge.ts"; import "./x.css";`],
  ])("lets %s import %s", (path, source) => {
    expect(violations(path, source)).toEqual([]);
  });
});
