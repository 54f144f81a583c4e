import type { Line, Ruler } from "./layout.ts";
import { graphemesOf, withoutDirectionMarks } from "./printable-text.ts";

/** The width of a printer's own character (font A). */
export const characterDots = 12;

/** Characters of 12 dots on a grid of columns, from left to right. */
export function spelledRuler(columns: number): Ruler {
  return {
    widthDots: columns * characterDots,
    gridDots: characterDots,
    gapDots: characterDots,
    direction: "ltr",
    measure: (text, style) =>
      graphemesOf(withoutDirectionMarks(text)).length *
      characterDots *
      (style.size === "large" ? 2 : 1),
  };
}

/** The line as characters in columns; of a large one the indent is in small characters. */
export function columnsOf(line: Line): string {
  const wide = characterDots * (line.style.size === "large" ? 2 : 1);
  let text = "";
  let dots = 0;
  for (const cell of line.cells) {
    const shown = withoutDirectionMarks(cell.text);
    const spare = Math.max(0, cell.widthDots - graphemesOf(shown).length * wide);
    const shift = { left: 0, center: spare / 2, right: spare }[cell.align];
    const unit = text === "" ? characterDots : wide;
    const gap = " ".repeat(Math.max(0, Math.floor((cell.xDots + shift - dots) / unit)));
    text += gap + shown;
    dots += gap.length * unit + graphemesOf(shown).length * wide;
  }
  return text.trimEnd();
}
