import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import { unreachable } from "../../domain/values/assert.ts";
import { paperFamilies, registerPaperFonts } from "../printer/fonts.ts";
import {
  type CharacterStyle,
  characterDots,
  type PaperAlign,
  type PaperBarcode,
  type PaperItem,
  type PaperLine,
  type PaperMatrix,
} from "../printer/paper.ts";
import type { Raster } from "../printer/raster.ts";
import { barcodeDrawing, type CodeDrawing, matrixDrawing } from "./code-drawing.ts";

const marginDots = 24;
const ink = "#1c1b22";
const paper = "#ffffff";

/** A piece of the picture: how much paper it takes and how it is drawn at a height. */
interface Strip {
  readonly heightDots: number;
  draw(context: SKRSContext2D, yDots: number): void;
}

/** The paper as a PNG, one pixel a dot, with a margin on every side. */
export function paperImage(items: readonly PaperItem[], paperDots: number): Buffer {
  registerPrinterFonts();
  const strips = items.map((item) => stripOf(item, paperDots));
  const heightDots = strips.reduce((sum, strip) => sum + strip.heightDots, 2 * marginDots);
  const canvas = createCanvas(paperDots + 2 * marginDots, Math.max(heightDots, 4 * marginDots));
  const context = canvas.getContext("2d");
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(marginDots, marginDots);
  context.fillStyle = ink;
  let yDots = 0;
  for (const strip of strips) {
    strip.draw(context, yDots);
    yDots += strip.heightDots;
  }
  return canvas.toBuffer("image/png");
}

function stripOf(item: PaperItem, paperDots: number): Strip {
  switch (item.kind) {
    case "line":
      return { heightDots: item.heightDots, draw: (c, y) => drawLine(c, item, y) };
    case "raster": {
      const widthDots = item.widthDots * item.scaleX;
      const x = alignedX(item.align, widthDots, paperDots);
      return {
        heightDots: item.heightDots * item.scaleY,
        draw: (c, y) => drawRaster(c, item, { x, y, scaleX: item.scaleX, scaleY: item.scaleY }),
      };
    }
    case "barcode":
      return barcodeStrip(item, paperDots);
    case "qr":
    case "pdf417":
      return matrixStrip(item, paperDots);
    case "feed":
      return { heightDots: item.dots, draw: () => undefined };
    case "cut":
      return { heightDots: 0, draw: () => undefined };
    default:
      return unreachable(item);
  }
}

function alignedX(align: PaperAlign, widthDots: number, areaDots: number): number {
  if (align === "left") return 0;
  const spare = Math.max(0, areaDots - widthDots);
  return Math.floor(align === "center" ? spare / 2 : spare);
}

function drawLine(context: SKRSContext2D, line: PaperLine, yDots: number): void {
  let x = 0;
  const placed = line.runs.map((run) => {
    const start = run.xDots ?? x;
    const wide = characterDots(run.style).widthDots;
    x = start + (run.picture?.widthDots ?? Array.from(run.text).length * wide);
    return { run, start };
  });
  const shift = line.leftDots + alignedX(line.align, x, line.areaDots);
  const textDots = Math.max(
    24,
    ...line.runs.map((run) => (run.picture ? 0 : characterDots(run.style).heightDots)),
  );
  for (const { run, start } of placed) {
    if (run.picture) {
      drawRaster(context, run.picture, { x: shift + start, y: yDots, scaleX: 1, scaleY: 1 });
      continue;
    }
    const { widthDots, heightDots } = characterDots(run.style);
    Array.from(run.text).forEach((character, i) => {
      const place = { x: shift + start + i * widthDots, y: yDots + textDots - heightDots };
      drawCharacter(context, character, run.style, place);
    });
  }
}

/** Each character in its own cell, as the print head does it, stretched like the printer stretches. */
function drawCharacter(
  context: SKRSContext2D,
  character: string,
  style: CharacterStyle,
  place: { readonly x: number; readonly y: number },
): void {
  const { widthDots, heightDots } = characterDots(style);
  context.save();
  context.translate(place.x, place.y);
  if (style.inverted) {
    context.fillRect(0, 0, widthDots, heightDots);
    context.fillStyle = paper;
  }
  context.scale(widthDots / 12, heightDots / 24);
  context.font = `${style.bold ? 700 : 400} 20px "Evertill Printer", ${paperFamilies}`;
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.direction = "ltr";
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 0.6; // heat spreads: printed characters are heavier than drawn ones
  if (character !== " ") {
    context.fillText(character, 0, 19);
    context.strokeText(character, 0, 19);
  }
  if (style.underline) context.fillRect(0, 22, 12, 1.5);
  context.restore();
}

function drawRaster(
  context: SKRSContext2D,
  raster: Raster,
  at: { readonly x: number; readonly y: number; readonly scaleX: number; readonly scaleY: number },
): void {
  const rowBytes = raster.widthDots / 8;
  for (let y = 0; y < raster.heightDots; y++) {
    let from = -1;
    for (let x = 0; x <= raster.widthDots; x++) {
      const byte = x < raster.widthDots ? (raster.data[y * rowBytes + (x >> 3)] ?? 0) : 0;
      const black = (byte & (0x80 >> (x & 7))) !== 0;
      if (black && from < 0) from = x;
      if (!black && from >= 0) {
        const width = (x - from) * at.scaleX;
        context.fillRect(at.x + from * at.scaleX, at.y + y * at.scaleY, width, at.scaleY);
        from = -1;
      }
    }
  }
}

function barcodeStrip(code: PaperBarcode, paperDots: number): Strip {
  const drawing = barcodeDrawing(code);
  if (drawing === null) return { heightDots: 0, draw: () => undefined };
  const above = code.text === "above" || code.text === "both" ? 26 : 0;
  const below = code.text === "below" || code.text === "both" ? 26 : 0;
  return {
    heightDots: drawing.heightDots + above + below + 6,
    draw(context, yDots) {
      const x = alignedX(code.align, drawing.widthDots, paperDots);
      drawing.draw(context, x, yDots + above);
      const centre = x + drawing.widthDots / 2;
      if (above > 0) drawCaption(context, code.data, centre, yDots + 18);
      if (below > 0) drawCaption(context, code.data, centre, yDots + above + code.heightDots + 22);
    },
  };
}

function drawCaption(context: SKRSContext2D, text: string, xDots: number, yDots: number): void {
  context.font = '400 20px "Evertill Printer"';
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(text, xDots, yDots);
}

function matrixStrip(code: PaperMatrix, paperDots: number): Strip {
  const drawing: CodeDrawing | null = matrixDrawing(code);
  if (drawing === null) return { heightDots: 0, draw: () => undefined };
  const x = alignedX(code.align, drawing.widthDots, paperDots);
  return {
    heightDots: drawing.heightDots + 6,
    draw: (context, yDots) => drawing.draw(context, x, yDots),
  };
}

/** The typeface that stands for the printer's built-in one: 12 of its dots a character at 20 px. */
function registerPrinterFonts(): void {
  registerPaperFonts(GlobalFonts);
  if (GlobalFonts.has("Evertill Printer")) return;
  const { resolve } = createRequire(import.meta.url);
  for (const weight of [400, 700]) {
    const file = `@fontsource/dejavu-mono/files/dejavu-mono-latin-${weight}-normal.woff2`;
    GlobalFonts.register(readFileSync(resolve(file)), "Evertill Printer");
  }
}
