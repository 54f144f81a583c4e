import type { Direction } from "./document.ts";

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** What a person sees as one character each. */
export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/**
 * `text` as paper can take it: composed, well-formed, and without control characters, which a
 * printer would obey (a good's name must not be able to open the drawer). Spaces of special widths
 * become spaces and the minus sign a hyphen: what number formats use is on no code page.
 */
export function printableText(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u205f]/g, " ")
    .replaceAll("\u2212", "-");
}

/** Without the invisible marks that steer the direction of writing; a code page has none. */
export function withoutDirectionMarks(text: string): string {
  return text.replaceAll(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "");
}

const strongCharacter =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f]|[\p{L}\u200e]/u;
const rightToLeft =
  /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f]$/u;

/** The direction that a paragraph begins in: its first strong character's (UAX #9, P2), else `otherwise`. */
export function directionOf(text: string, otherwise: Direction): Direction {
  const strong = strongCharacter.exec(text)?.[0];
  if (strong === undefined) return otherwise;
  return rightToLeft.test(strong) ? "rtl" : "ltr";
}
