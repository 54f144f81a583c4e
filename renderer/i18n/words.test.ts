import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { languages } from "./languages.ts";

/** Every text of a language: "back-office:sync.proved" → words. */
function wordsOf(language: string): Map<string, string> {
  const words = new Map<string, string>();
  const folder = join(import.meta.dirname, language);
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const content = JSON.parse(readFileSync(join(folder, file), "utf8")) as object;
    collect(`${file.replace(".json", "")}:`, content, words);
  }
  return words;
}

function collect(path: string, content: object, words: Map<string, string>): void {
  for (const [key, value] of Object.entries(content)) {
    if (typeof value === "string") words.set(path + key, value);
    else collect(`${path}${key}.`, value as object, words);
  }
}

/** Languages have different plurals (Hebrew counts two apart): a key is compared without its form. */
const withoutForm = (key: string) => key.replace(/_(one|two|few|many|other)$/, "");
const variablesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);

const english = wordsOf("en");

describe.each(languages.filter((language) => language !== "en"))("the words of %s", (language) => {
  const words = wordsOf(language);

  it("say everything that English says, and nothing else", () => {
    const keys = (all: Map<string, string>) => [...new Set([...all.keys()].map(withoutForm))];
    expect(keys(words).toSorted()).toEqual(keys(english).toSorted());
  });

  it("use no variable that English does not give them", () => {
    const given = new Map<string, Set<string | undefined>>();
    for (const [key, text] of english) {
      const names = given.get(withoutForm(key)) ?? new Set();
      for (const name of variablesOf(text)) names.add(name);
      given.set(withoutForm(key), names);
    }
    const unknown = [...words].flatMap(([key, text]) =>
      variablesOf(text)
        .filter((name) => given.get(withoutForm(key))?.has(name) !== true)
        .map((name) => `${key}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it("are that language's words, not English left standing", () => {
    const left = [...words].filter(([key, text]) => {
      const isWords = /\p{L}{4,}/u.test(text.replaceAll(/\{\{\w+\}\}/g, ""));
      return isWords && english.get(key) === text && !isSameInBoth(text);
    });
    expect(left.map(([key]) => key)).toEqual([]);
  });
});

/** Names and words that German took over as they are. */
function isSameInBoth(text: string): boolean {
  return /^(Evertill|Online|Offline|Name|Barcode|Scanner|Barcode \{\{code\}\}: \{\{word\}\})$/.test(
    text,
  );
}
