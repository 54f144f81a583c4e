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
  const patterns = ["**/*.test.ts", "**/*.test.tsx", "**/*-contract.ts", "**/e2e/*.ts"];
  const files = globSync(patterns, {
    cwd: house,
    exclude: (name) => name === "node_modules" || name === "dist",
  });
  const found = new Map<string, string[]>();
  for (const file of files) {
    const source = readFileSync(join(house, file), "utf8");
    // A title is the text after `it(`, `test(`, `describe(` and their `.each`, or a contract's key.
    for (const [title] of source.matchAll(
      /(["'`])(?:(?!\1)[^\\\n]|\\.)*\[[A-Z]\d+\](?:(?!\1)[^\\\n]|\\.)*\1/g,
    )) {
      for (const [, id = ""] of title.matchAll(/\[([A-Z]\d+)\]/g)) {
        found.set(id, [...(found.get(id) ?? []), file]);
      }
    }
  }
  return found;
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
