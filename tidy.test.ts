import { readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { type ESTree, parseSync, Visitor } from "vite";
import { describe, expect, it } from "vitest";
import { houseFiles, houseRoot, isSource } from "./house.ts";

/** Taste that can be checked. Each rule is a sentence; a broken one names the files. */

const files = houseFiles();
const sources = files.filter(isSource);
const texts = files.filter((path) =>
  /\.(ts|tsx|mts|mjs|cjs|js|json|jsonc|ya?ml|md|html|css|sh|toml|graphql)$/.test(path),
);

const lineLimit = 400;
const byteLimit = 5_000_000;

function read(path: string): string {
  return readFileSync(join(houseRoot, path), "utf8");
}

/** The lines of `paths` that match, as "file:line: text". */
function linesThatMatch(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [],
      ),
  );
}

/** `new Date()` and `Date()` ask the machine for the time; `new Date(ms)` does not. */
function clockReads(path: string, source: string): string[] {
  const found: string[] = [];
  const note = (node: ESTree.NewExpression | ESTree.CallExpression) => {
    if (node.callee.type !== "Identifier" || node.callee.name !== "Date") return;
    if (node.arguments.length === 0) found.push(`${path} asks for the time with Date()`);
  };
  new Visitor({ NewExpression: note, CallExpression: note }).visit(parseSync(path, source).program);
  return found;
}

function takesTimeAsArgument(path: string): boolean {
  return (
    /^(domain|ledger|sync|hardware|host)\//.test(path) &&
    !path.startsWith("host/node/") &&
    !/\.test\.tsx?$/.test(path)
  );
}

/** Attributes that a person reads or hears. */
const spoken = new Set(["aria-label", "title", "placeholder", "alt", "label"]);

/** The same in every language: names of keys and of the product. */
const sameEverywhere = /^(F\d+|Esc|Del|Evertill)$/;

/** Words a person would read that stand in a screen's code instead of in renderer/i18n. */
function hardCodedWords(path: string, source: string): string[] {
  const found: string[] = [];
  const note = (value: unknown) => {
    const text = String(value).trim();
    if (/\p{L}{2,}/u.test(text) && !sameEverywhere.test(text)) found.push(`${path}: ${text}`);
  };
  new Visitor({
    JSXText: (node) => note(node.value),
    JSXAttribute: (node) => {
      const name = node.name.type === "JSXIdentifier" ? node.name.name : "";
      if (spoken.has(name) && node.value?.type === "Literal") note(node.value.value);
    },
  }).visit(parseSync(path, source).program);
  return found;
}

describe("tidy", () => {
  it("saw the files", () => {
    expect(files).toContain("package.json");
    expect(sources).toContain("domain/values/assert.ts");
    expect(texts.length).toBeGreaterThan(sources.length);
  });

  it("no folder has a name that says nothing", () => {
    const banned = /(^|\/)(utils?|commons?|libs?|helpers?|services|models|types|shared|misc)\//;
    expect(files.filter((path) => banned.test(path))).toEqual([]);
  });

  it("no barrel files", () => {
    expect(files.filter((path) => /(^|\/)index\.(ts|tsx|mts|mjs)$/.test(path))).toEqual([]);
  });

  it("file and folder names are kebab-case", () => {
    const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
    expect(sources.filter((path) => !path.split("/").every((part) => kebab.test(part)))).toEqual(
      [],
    );
  });

  it(`no source file is longer than ${lineLimit} lines`, () => {
    const long = sources.filter((path) => read(path).split("\n").length > lineLimit + 1);
    expect(long).toEqual([]);
  });

  it("nothing is left to do in a comment", () => {
    expect(linesThatMatch(texts, /\b(TO[D]O|FIX[M]E)\b/)).toEqual([]);
  });

  it("no test is switched off or singled out", () => {
    const tests = sources.filter((path) => /\.test\.tsx?$/.test(path) || path.includes("/e2e/"));
    const off = /\b(it|test|describe)\.(only|skip|todo|fixme|fails)\b|\b(xit|xdescribe|fit)\(/;
    // A test may skip itself by what the machine lacks, with the reason: test.skip(condition, "…").
    const withReason = /\.skip\([^()]+(\([^()]*\))?[^()]*, ["`]/;
    const found = linesThatMatch(tests, off).filter((line) => !withReason.test(line));
    expect(found.filter((line) => !line.startsWith("tidy.test.ts:"))).toEqual([]);
  });

  it("pure layers take the time as an argument", () => {
    const pure = sources.filter(takesTimeAsArgument);
    expect(pure.flatMap((path) => clockReads(path, read(path)))).toEqual([]);
    expect(clockReads("x.ts", "const a = new Date(); const b = Date();")).toHaveLength(2);
    expect(clockReads("x.ts", "const a = new Date(atMs); const b = Date.UTC(2026);")).toEqual([]);
  });

  it("screens have no words of their own: all stand in the language files", () => {
    const screens = sources.filter((path) => /^renderer\/.*\.tsx$/.test(path));
    expect(screens.length).toBeGreaterThan(20);
    expect(screens.flatMap((path) => hardCodedWords(path, read(path)))).toEqual([]);
    expect(hardCodedWords("x.tsx", "const a = <p>Pay now</p>;")).toEqual(["x.tsx: Pay now"]);
    expect(hardCodedWords("x.tsx", 'const a = <p title="Close" />;')).toEqual(["x.tsx: Close"]);
    expect(hardCodedWords("x.tsx", 'const a = <p id="close">{t("pay")}</p>;')).toEqual([]);
  });

  it("SQL asks neither for time nor for chance", () => {
    const sql = sources.filter((path) => /^(ledger|cloud-infra)\//.test(path));
    const asks = /\brandom\(\)|\bCURRENT_TIMESTAMP\b|\bunixepoch\(\)|'now'/;
    expect(linesThatMatch(sql, asks)).toEqual([]);
  });

  it(`no file is larger than ${byteLimit / 1_000_000} MB`, () => {
    const large = files.filter((path) => statSync(join(houseRoot, path)).size > byteLimit);
    expect(large).toEqual([]);
  });

  it("nothing names a folder of somebody's machine or a package registry", () => {
    const machine = /(^|[\s"'`(=])\/(work|home|Users|root|tmp\/[a-z])\/|[A-Z]:\\\\?Users/;
    const registry = /registry\.npm|npmjs\.(org|com)\/|registry\.yarnpkg|"resolved":/;
    expect(linesThatMatch(texts, machine)).toEqual([]);
    const named = linesThatMatch(texts, registry);
    expect(named.filter((line) => !line.startsWith("tidy.test.ts:"))).toEqual([]);
  });

  it("the lock names every optional package of every platform, as npm ci demands", () => {
    const lock = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const locked = new Set(
      Object.keys(lock.packages).map((path) => path.split("node_modules/").at(-1)),
    );
    const missing = Object.values(lock.packages)
      .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      .filter((name) => !locked.has(name));
    expect(missing).toEqual([]);
  });

  it("relative links in the documents lead somewhere", () => {
    const known = new Set(files);
    const folders = new Set(files.map((path) => posix.dirname(path)));
    const broken = files
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) =>
        [...read(path).matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].flatMap(([, link = ""]) => {
          const target = posix.join(posix.dirname(path), link).replace(/\/$/, "");
          return known.has(target) || folders.has(target) ? [] : [`${path}: ${link}`];
        }),
      );
    expect(broken).toEqual([]);
  });
});
