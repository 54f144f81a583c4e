import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const house = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const spec = readFileSync(join(house, "sync", "SPEC.md"), "utf8");
const [built = "", planned = ""] = spec.split("\n## Planned");

/** A rule stands in the SPEC as a list item that begins with its id. */
const rules = [...built.matchAll(/^- \*\*\[([A-Z]\d+)\]\*\*/gm)].map(([, id = ""]) => id);
const plannedRules = [...planned.matchAll(/\*\*\[([A-Z]\d+)\]\*\*/g)].map(([, id = ""]) => id);
const families = new Set(rules.map((id) => id.charAt(0)));

/** Ids in the titles of tests and contract cases, with the files that name them. */
function testedRules(): Map<string, string[]> {
  // Devices and screens number rules of their own.
  const folders = "{sync,cloud-infra,ledger,host,sim,bench}";
  const files = globSync([`${folders}/**/*.test.ts`, `${folders}/**/*-contract.ts`], {
    cwd: house,
  });
  const found = new Map<string, string[]>();
  for (const file of files) {
    const source = readFileSync(join(house, file), "utf8");
    for (const title of titlesIn(source)) {
      for (const [, id = ""] of title.matchAll(/\[([A-Z]\d+)\]/g)) {
        found.set(id, [...(found.get(id) ?? []), file]);
      }
    }
  }
  return found;
}

/**
 * What stands in quotes right after `it(`, a table of cases, or as the key of a contract's promise.
 */
function titlesIn(source: string): string[] {
  const calls = /(?:\b(?:it|test|describe)|\]\)|\))\(\s*"([^"\n]*)"/g;
  const keys = /^\s*"([^"\n]*)": async/gm;
  return [...source.matchAll(calls), ...source.matchAll(keys)].map(([, title = ""]) => title);
}

describe("the SPEC", () => {
  const tested = testedRules();

  it("holds the rules of the design, each once", () => {
    for (const id of ["U1", "U2", "U3", "U4", "U5", "D1", "D3", "C1", "L1"]) {
      expect(rules).toContain(id);
    }
    expect(rules.length).toBe(new Set(rules).size);
    expect(rules.filter((id) => plannedRules.includes(id))).toEqual([]);
  });

  it.each(rules)("has a test for %s", (id) => {
    expect(tested.get(id) ?? [], `no test is titled [${id}]`).not.toEqual([]);
  });

  it("names every rule that a test speaks of", () => {
    const known = new Set([...rules, ...plannedRules]);
    const unknown = [...tested].filter(([id]) => families.has(id.charAt(0)) && !known.has(id));
    expect(unknown).toEqual([]);
  });
});
