import type { Command } from "./decode.ts";
import type { BarcodeSymbology, PaperAlign, PaperBarcode } from "./paper.ts";

/** What GS h, GS w and GS H have set for the next bar code. */
export interface BarcodeSettings {
  readonly heightDots: number;
  readonly moduleDots: number;
  readonly text: PaperBarcode["text"];
}

export const initialBarcodeSettings: BarcodeSettings = {
  heightDots: 162,
  moduleDots: 3,
  text: "none",
};

/** The number m of GS k, function A and function B. */
const symbologyByNumber: Readonly<Record<number, BarcodeSymbology>> = {
  0: "upca",
  1: "upce",
  2: "ean13",
  3: "ean8",
  4: "code39",
  5: "itf",
  6: "codabar",
  65: "upca",
  66: "upce",
  67: "ean13",
  68: "ean8",
  69: "code39",
  70: "itf",
  71: "codabar",
  72: "code93",
  73: "code128",
  74: "gs1-128",
  75: "gs1-databar",
  76: "gs1-databar",
  77: "gs1-databar",
  78: "gs1-databar",
  79: "code128",
};

/** Null for a command that has nothing to do with bar codes. */
export function interpretBarcode(
  { op, args, data }: Command,
  settings: BarcodeSettings,
  align: PaperAlign,
): { settings?: BarcodeSettings; item?: PaperBarcode } | null {
  const [n = 0] = args;
  switch (op) {
    case "GS h":
      return { settings: { ...settings, heightDots: Math.max(1, n) } };
    case "GS w":
      return { settings: { ...settings, moduleDots: Math.min(6, Math.max(1, n)) } };
    case "GS H": {
      const text = (["none", "above", "below", "both"] as const)[n % 48] ?? "none";
      return { settings: { ...settings, text } };
    }
    case "GS k": {
      const symbology = symbologyByNumber[n];
      if (symbology === undefined) return { settings };
      const text = symbology === "code128" && n === 73 ? code128Text(data) : latin1(data);
      return { item: { kind: "barcode", symbology, data: text, align, ...settings } };
    }
    default:
      return null;
  }
}

/** The data of function B's Code 128: without its code set selectors, pairs of set C as two digits. */
function code128Text(data: Uint8Array): string {
  let text = "";
  let pairs = false;
  for (let i = 0; i < data.length; i++) {
    const byte = data[i] ?? 0;
    if (byte !== 0x7b) {
      text += pairs ? String(byte).padStart(2, "0") : String.fromCharCode(byte);
      continue;
    }
    i++;
    const selector = String.fromCharCode(data[i] ?? 0);
    if (selector === "{") text += "{";
    if (selector === "A" || selector === "B") pairs = false;
    if (selector === "C") pairs = true;
  }
  return text;
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
