import type { Command } from "./decode.ts";
import type { PaperAlign, PaperRaster } from "./paper.ts";
import type { Raster } from "./raster.ts";

/** Pictures: GS v 0, GS ( L (store and print), GS * with GS /, and ESC * in a line. */
export interface Graphics {
  /** A picture that stands in the line buffer, or null. */
  column(command: Command): Raster | null;
  /** A picture of its own, "stored" where a command only keeps one, or null. */
  block(command: Command, align: PaperAlign): PaperRaster | "stored" | null;
}

interface Scaled extends Raster {
  readonly scaleX: number;
  readonly scaleY: number;
}

export function createGraphics(): Graphics {
  let buffer: Scaled | null = null;
  let downloaded: Scaled | null = null;
  const printed = (raster: Scaled | null, align: PaperAlign): PaperRaster | "stored" =>
    raster === null ? "stored" : { kind: "raster", align, ...raster };
  return {
    column(command) {
      return command.op === "ESC *" ? columnPicture(command) : null;
    },
    block({ op, args, data }, align) {
      const [m = 0] = args;
      switch (op) {
        case "GS v": {
          const scale = args[1] ?? 0;
          const raster = rowsOf(data, (args[2] ?? 0) + (args[3] ?? 0) * 256);
          return printed(
            { ...raster, scaleX: (scale & 1) + 1, scaleY: ((scale >> 1) % 2) + 1 },
            align,
          );
        }
        case "GS *":
          downloaded = { ...columnsOf(data, (args[1] ?? 0) * 8), scaleX: 1, scaleY: 1 };
          return "stored";
        case "GS /":
          if (downloaded === null) return "stored";
          return printed({ ...downloaded, scaleX: (m & 1) + 1, scaleY: ((m >> 1) & 1) + 1 }, align);
        case "GS ( L": {
          const fn = data[1] ?? 0;
          if (fn === 112) buffer = storedRows(data);
          return fn === 2 || fn === 50 ? printed(buffer, align) : "stored";
        }
        default:
          return null;
      }
    },
  };
}

function rowsOf(data: Uint8Array, rowBytes: number): Raster {
  const bytes = Math.max(1, rowBytes);
  return { widthDots: bytes * 8, heightDots: Math.floor(data.length / bytes), data };
}

/** Function 112: m fn a bx by c xL xH yL yH, then rows. */
function storedRows(data: Uint8Array): Scaled {
  const widthDots = (data[6] ?? 0) + (data[7] ?? 0) * 256;
  const raster = rowsOf(data.slice(10), Math.ceil(widthDots / 8));
  return { ...raster, scaleX: Math.max(1, data[3] ?? 1), scaleY: Math.max(1, data[4] ?? 1) };
}

/** ESC * m nL nH: 8 or 24 dots high; 8-dot and single-density modes are stretched to square dots. */
function columnPicture({ args, data }: Command): Raster {
  const [m = 0] = args;
  const high = m >= 32 ? 24 : 8;
  const raster = columnsOf(data, high);
  return stretch(raster, m === 0 || m === 32 ? 2 : 1, high === 8 ? 3 : 1);
}

/** Columns of `heightDots / 8` bytes, top first, turned into rows. */
function columnsOf(data: Uint8Array, heightDots: number): Raster {
  const columnBytes = Math.max(1, heightDots / 8);
  const columns = Math.floor(data.length / columnBytes);
  const rowBytes = Math.ceil(columns / 8);
  const rows = new Uint8Array(rowBytes * heightDots);
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < heightDots; y++) {
      const byte = data[x * columnBytes + (y >> 3)] ?? 0;
      if ((byte & (0x80 >> (y & 7))) !== 0) setDot(rows, y * rowBytes * 8 + x);
    }
  }
  return { widthDots: rowBytes * 8, heightDots, data: rows };
}

function stretch(raster: Raster, timesX: number, timesY: number): Raster {
  if (timesX === 1 && timesY === 1) return raster;
  const widthDots = raster.widthDots * timesX;
  const heightDots = raster.heightDots * timesY;
  const data = new Uint8Array((widthDots / 8) * heightDots);
  for (let y = 0; y < heightDots; y++) {
    for (let x = 0; x < widthDots; x++) {
      const from = Math.floor(y / timesY) * raster.widthDots + Math.floor(x / timesX);
      if (((raster.data[from >> 3] ?? 0) & (0x80 >> (from & 7))) !== 0) {
        setDot(data, y * widthDots + x);
      }
    }
  }
  return { widthDots, heightDots, data };
}

function setDot(data: Uint8Array, dot: number): void {
  data[dot >> 3] = (data[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
}
