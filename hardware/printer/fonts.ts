import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const resolve = createRequire(import.meta.url).resolve;

/** Files that come with the program (SIL OFL, see NOTICE), so that paper is the same on every machine. */
const noto = "@fontsource-variable/noto-sans";
const paperFonts = {
  "Evertill Latin": `${noto}/files/noto-sans-latin-wght-normal.woff2`,
  "Evertill Latin Ext": `${noto}/files/noto-sans-latin-ext-wght-normal.woff2`,
  "Evertill Cyrillic": `${noto}/files/noto-sans-cyrillic-wght-normal.woff2`,
  "Evertill Greek": `${noto}/files/noto-sans-greek-wght-normal.woff2`,
  "Evertill Hebrew": `${noto}-hebrew/files/noto-sans-hebrew-hebrew-wght-normal.woff2`,
  "Evertill Arabic": `${noto}-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2`,
} as const;

/** CSS families in the order in which a character is looked up. Others fall back to the system's fonts. */
export const paperFamilies = Object.keys(paperFonts)
  .map((family) => `"${family}"`)
  .join(", ");

interface FontRegistry {
  register(font: Buffer, family: string): unknown;
  has(family: string): boolean;
}

/** Makes the shipped fonts known to the canvas, once a process. */
export function registerPaperFonts(registry: FontRegistry): void {
  for (const [family, path] of Object.entries(paperFonts)) {
    if (!registry.has(family)) registry.register(readFileSync(resolve(path)), family);
  }
}
