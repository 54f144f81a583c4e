import type { Raster } from "./raster.ts";

/** What came onto the paper, from top to bottom. Sizes in dots. */
export type PaperItem =
  | PaperLine
  | PaperRaster
  | PaperBarcode
  | PaperMatrix
  | { readonly kind: "feed"; readonly dots: number }
  | { readonly kind: "cut" };

export type PaperAlign = "left" | "center" | "right";

/** Runs of text and small pictures on one baseline. */
export interface PaperLine {
  readonly kind: "line";
  readonly runs: readonly PaperRun[];
  readonly align: PaperAlign;
  /** Left margin and how wide the printing area is. */
  readonly leftDots: number;
  readonly areaDots: number;
  /** How far the paper moved: line spacing, or the tallest character. */
  readonly heightDots: number;
}

export interface PaperRun {
  readonly text: string;
  /** A column-format picture in the line (ESC *), instead of text. */
  readonly picture?: Raster;
  /** Where it begins, from the left margin; null right after the run before it. */
  readonly xDots: number | null;
  readonly style: CharacterStyle;
}

export interface CharacterStyle {
  readonly font: "A" | "B";
  readonly bold: boolean;
  readonly underline: boolean;
  readonly inverted: boolean;
  /** 1 to 8. */
  readonly scaleX: number;
  readonly scaleY: number;
}

export interface PaperRaster extends Raster {
  readonly kind: "raster";
  readonly align: PaperAlign;
  /** How many dots of paper one dot of the picture takes: 1 or 2. */
  readonly scaleX: number;
  readonly scaleY: number;
}

export interface PaperBarcode {
  readonly kind: "barcode";
  readonly symbology: BarcodeSymbology;
  readonly data: string;
  readonly moduleDots: number;
  readonly heightDots: number;
  readonly text: "none" | "above" | "below" | "both";
  readonly align: PaperAlign;
}

export type BarcodeSymbology =
  | "upca"
  | "upce"
  | "ean13"
  | "ean8"
  | "code39"
  | "itf"
  | "codabar"
  | "code93"
  | "code128"
  | "gs1-128"
  | "gs1-databar";

export interface PaperMatrix {
  readonly kind: "qr" | "pdf417";
  readonly data: string;
  readonly moduleDots: number;
  readonly align: PaperAlign;
}

/** Dots of one character of the printer's fonts. */
export function characterDots(style: CharacterStyle): { widthDots: number; heightDots: number } {
  return style.font === "A"
    ? { widthDots: 12 * style.scaleX, heightDots: 24 * style.scaleY }
    : { widthDots: 9 * style.scaleX, heightDots: 17 * style.scaleY };
}
