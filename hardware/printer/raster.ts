import { assert } from "../../domain/values/assert.ts";

/** A picture of black dots: rows of `widthDots / 8` bytes, the leftmost dot in the highest bit. */
export interface Raster {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly data: Uint8Array;
}

/** Black below this, white above: a little heavier than half, since heat leaves thin strokes pale. */
const blackBelow = 150;

/** Dots from RGBA pixels (opaque, grey). `widthDots` is a multiple of 8. */
export function rasterOfPixels(
  pixels: Uint8ClampedArray,
  size: { readonly widthDots: number; readonly heightDots: number },
): Raster {
  const { widthDots, heightDots } = size;
  assert(widthDots % 8 === 0, "a raster is a whole number of bytes wide");
  assert(pixels.length === widthDots * heightDots * 4, "one RGBA pixel a dot");
  const data = new Uint8Array((widthDots / 8) * heightDots);
  for (let dot = 0; dot < widthDots * heightDots; dot++) {
    if ((pixels[dot * 4] ?? 255) < blackBelow) {
      data[dot >> 3] = (data[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
    }
  }
  return { widthDots, heightDots, data };
}

/** A line across the paper, `thicknessDots` strong, with white above and below. */
export function rasterOfRule(widthDots: number, thicknessDots: number): Raster {
  const heightDots = 16;
  const rowBytes = widthDots / 8;
  const data = new Uint8Array(rowBytes * heightDots);
  const top = Math.floor((heightDots - thicknessDots) / 2);
  data.fill(0xff, top * rowBytes, (top + thicknessDots) * rowBytes);
  return { widthDots, heightDots, data };
}

/**
 * The bytes of `GS v 0` that print a picture at the left margin.
 *
 * An Epson obeys real-time commands wherever their bytes stand, in the middle of a picture too:
 * 10 14 would open the drawer, 10 04 would make it answer out of turn. Such a pair loses one white
 * dot of sixteen, which nobody sees.
 */
export function rasterBytes(raster: Raster): Uint8Array {
  const rowBytes = raster.widthDots / 8;
  const { heightDots } = raster;
  const header = [
    0x1d,
    0x76,
    0x30,
    0x00,
    rowBytes & 0xff,
    rowBytes >> 8,
    heightDots & 0xff,
    heightDots >> 8,
  ];
  const bytes = new Uint8Array(header.length + raster.data.length);
  bytes.set(header);
  bytes.set(raster.data, header.length);
  for (let i = header.length; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (bytes[i - 1] === 0x10 && (byte === 0x04 || byte === 0x05 || byte === 0x14)) {
      bytes[i] = byte | 0x08;
    }
  }
  return bytes;
}
