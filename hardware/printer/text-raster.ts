import type { SKRSContext2D } from "@napi-rs/canvas";
import type { TextSize, TextStyle } from "./document.ts";
import { paperFamilies, registerPaperFonts } from "./fonts.ts";
import type { Cell, Line } from "./layout.ts";
import { type Raster, rasterOfPixels } from "./raster.ts";

/** Draws lines of text that the printer's own characters cannot spell: shaped, and ordered by UAX #9. */
export interface TextRasteriser {
  /** Width in dots. */
  measure(text: string, style: Required<TextStyle>): number;
  draw(line: Line, widthDots: number): Raster;
}

/** Sizes in dots, chosen beside the printer's own 12×24 characters. */
const fontDots: Readonly<Record<TextSize, number>> = { normal: 25, tall: 36, large: 46 };
const lineDots: Readonly<Record<TextSize, number>> = { normal: 34, tall: 48, large: 60 };

let loaded: Promise<TextRasteriser> | undefined;

/** Loads the canvas and the fonts on first use: most tills never print a line that needs them. */
export function loadTextRasteriser(): Promise<TextRasteriser> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<TextRasteriser> {
  const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");
  registerPaperFonts(GlobalFonts);
  const ruler = createCanvas(8, 8).getContext("2d");
  return {
    measure(text, style) {
      ruler.font = cssFont(style);
      return Math.ceil(ruler.measureText(text).width);
    },
    draw(line, widthDots) {
      const heightDots = lineDots[line.style.size];
      const context = createCanvas(widthDots, heightDots).getContext("2d");
      context.fillStyle = "#fff";
      context.fillRect(0, 0, widthDots, heightDots);
      context.fillStyle = "#000";
      context.font = cssFont(line.style);
      for (const cell of line.cells) drawCell(context, cell, heightDots);
      const { data } = context.getImageData(0, 0, widthDots, heightDots);
      return rasterOfPixels(data, { widthDots, heightDots });
    },
  };
}

function drawCell(context: SKRSContext2D, cell: Cell, heightDots: number): void {
  context.direction = cell.direction;
  context.textAlign = cell.align;
  context.textBaseline = "alphabetic";
  const shift = { left: 0, center: cell.widthDots / 2, right: cell.widthDots }[cell.align];
  context.fillText(cell.text, cell.xDots + shift, Math.round(heightDots * 0.76));
}

function cssFont(style: Required<TextStyle>): string {
  return `${style.bold ? 700 : 500} ${fontDots[style.size]}px ${paperFamilies}`;
}
