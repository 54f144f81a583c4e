import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "vite";

/** The folder that holds package.json. */
export const houseRoot = import.meta.dirname;

const notOurs = new Set(
  "node_modules dist .git .cache artifacts test-results release data-local".split(" "),
);

/** Every file of the project as a path from its root with forward slashes, sorted. Nothing built or fetched. */
export function houseFiles(folder = ""): string[] {
  return readdirSync(join(houseRoot, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? houseFiles(path) : [path];
    })
    .toSorted();
}

/** True for a file that tsc, the linter and the layers test read. */
export function isSource(path: string): boolean {
  return /\.(ts|tsx|mts|mjs)$/.test(path) && !path.endsWith(".d.ts");
}

/** Every module that `source` names: static, dynamic, re-exported, required, or only in a type. */
export function importsOf(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const specifiers: string[] = [];
  const note = (node: { type: string; value?: unknown } | null | undefined) => {
    if (node) specifiers.push(typeof node.value === "string" ? node.value : "(computed)");
  };
  new Visitor({
    ImportDeclaration: (node) => note(node.source),
    ExportAllDeclaration: (node) => note(node.source),
    ExportNamedDeclaration: (node) => note(node.source),
    ImportExpression: (node) => note(node.source),
    TSImportType: (node) => note(node.source),
    TSExternalModuleReference: (node) => note(node.expression),
    CallExpression: (node) => {
      const { callee } = node;
      if (callee.type === "Identifier" && callee.name === "require") note(node.arguments[0]);
    },
  }).visit(program);
  return specifiers;
}
