import type { SKRSContext2D } from "@napi-rs/canvas";
import bwip from "bwip-js/node";
import type { BarcodeSymbology, PaperBarcode, PaperMatrix } from "../printer/paper.ts";

/** Bars and squares as a printer would burn them; null where the data is none the symbology can hold. */
export interface CodeDrawing {
  readonly widthDots: number;
  readonly heightDots: number;
  draw(context: SKRSContext2D, xDots: number, yDots: number): void;
}

const encoders: Readonly<Record<BarcodeSymbology, string>> = {
  upca: "upca",
  upce: "upce",
  ean13: "ean13",
  ean8: "ean8",
  code39: "code39",
  itf: "interleaved2of5",
  codabar: "rationalizedCodabar",
  code93: "code93",
  code128: "code128",
  "gs1-128": "code128",
  "gs1-databar": "code128",
};

/** The bars of a linear code, or null for data that has none (a wrong check digit, say). */
export function barcodeDrawing(code: PaperBarcode): CodeDrawing | null {
  const widths = barWidths(code);
  if (widths === null) return null;
  const { moduleDots, heightDots } = code;
  const widthDots = widths.reduce((sum, width) => sum + width, 0) * moduleDots;
  return {
    widthDots,
    heightDots,
    draw(context, xDots, yDots) {
      let x = xDots;
      widths.forEach((width, i) => {
        if (i % 2 === 0) context.fillRect(x, yDots, width * moduleDots, heightDots);
        x += width * moduleDots;
      });
    },
  };
}

function barWidths({ symbology, data }: PaperBarcode): number[] | null {
  const text = symbology === "codabar" ? data.toUpperCase() : data;
  const [stack] = raw({ bcid: encoders[symbology], text }) ?? [];
  return stack?.sbs ? Array.from(stack.sbs) : null;
}

/** The squares of a two-dimensional code, or null for data that does not fit into one. */
export function matrixDrawing(code: PaperMatrix): CodeDrawing | null {
  if (code.data === "") return null;
  const bcid = code.kind === "qr" ? "qrcode" : "pdf417";
  const [matrix] = raw({ bcid, text: code.data }) ?? [];
  if (!matrix?.pixs || !matrix.pixx || !matrix.pixy) return null;
  const { pixs, pixx, pixy } = matrix;
  const { moduleDots } = code;
  const high = code.kind === "pdf417" ? moduleDots * 3 : moduleDots;
  return {
    widthDots: pixx * moduleDots,
    heightDots: pixy * high,
    draw(context, xDots, yDots) {
      for (let i = 0; i < pixs.length; i++) {
        if (pixs[i] !== 1) continue;
        const column = i % pixx;
        const row = Math.floor(i / pixx);
        context.fillRect(xDots + column * moduleDots, yDots + row * high, moduleDots, high);
      }
    },
  };
}

interface RawCode {
  readonly sbs?: ArrayLike<number>;
  readonly pixs?: ArrayLike<number>;
  readonly pixx?: number;
  readonly pixy?: number;
}

function raw(options: { readonly bcid: string; readonly text: string }): RawCode[] | null {
  try {
    return bwip.raw(options);
  } catch {
    return null;
  }
}
