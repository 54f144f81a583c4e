import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { languages } from "../i18n/languages.ts";

const source = readFileSync(join(import.meta.dirname, "failure-text.ts"), "utf8");
const named = [...source.matchAll(/case "(\w+)"/g)].map(([, type = ""]) => type);

/** The two that say it by their detail. */
const split: Readonly<Record<string, readonly string[]>> = {
  BadBarcode: ["check-digit", "length", "characters"],
  LedgerStopped: ["disk-full", "read-only", "corrupt", "io-error"],
};

function saysBoth(text: unknown): boolean {
  const { happened, todo } = (text ?? {}) as { happened?: string; todo?: string };
  return Boolean(happened?.trim()) && Boolean(todo?.trim());
}

type Words = Record<string, Record<string, unknown>>;

describe.each(languages)("failures in %s", (language) => {
  const file = join(import.meta.dirname, "..", "i18n", language, "failures.json");
  const words = JSON.parse(readFileSync(file, "utf8")) as Words;

  it("say what happened and what to do, every one", () => {
    expect(named.length).toBeGreaterThan(30);
    const silent = named.filter((type) => {
      const texts = split[type]?.map((detail) => words[type]?.[detail]) ?? [words[type]];
      return !texts.every(saysBoth);
    });
    expect(silent).toEqual([]);
  });

  it("has no words for failures that do not exist", () => {
    expect(Object.keys(words).filter((type) => !named.includes(type))).toEqual([]);
  });
});
