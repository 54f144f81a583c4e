import { type CodePage, codePageTables } from "./code-page-tables.ts";

const pages = Object.keys(codePageTables) as CodePage[];

const bytesByCharacter = new Map(
  pages.map((page) => [
    page,
    new Map(Array.from(codePageTables[page], (character, i) => [character, 0x80 + i])),
  ]),
);

/** True where one of `candidates` has a byte for every character of `text`; control characters have none. */
export function isEncodable(text: string, candidates: readonly CodePage[]): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) continue;
    if (character === "\ufffd") return false;
    if (!candidates.some((page) => bytesByCharacter.get(page)?.has(character))) return false;
  }
  return true;
}

/** The text of bytes from 20h in a code page; U+FFFD where the page has nothing. */
export function decodePage(bytes: Uint8Array, page: CodePage): string {
  const table = codePageTables[page];
  let text = "";
  for (const byte of bytes) {
    text += byte < 0x80 ? String.fromCharCode(byte) : (table[byte - 0x80] ?? "\ufffd");
  }
  return text;
}

const pageByEpsonNumber: Readonly<Record<number, CodePage>> = {
  0: "cp437",
  2: "cp850",
  3: "cp860",
  4: "cp863",
  5: "cp865",
  13: "cp857",
  14: "cp737",
  15: "iso8859-7",
  16: "windows1252",
  17: "cp866",
  18: "cp852",
  19: "cp858",
  33: "cp775",
  34: "cp855",
  35: "cp861",
  36: "cp862",
  38: "cp869",
  39: "iso8859-2",
  40: "iso8859-15",
  45: "windows1250",
  46: "windows1251",
  47: "windows1253",
  48: "windows1254",
  49: "windows1255",
  51: "windows1257",
};

/** What an Epson prints after ESC t `number`; null for a page that we have no table of. */
export function epsonCodePage(number: number): CodePage | null {
  return pageByEpsonNumber[number] ?? null;
}
