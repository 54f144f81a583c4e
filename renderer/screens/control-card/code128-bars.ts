import { code128 } from "bwip-js/generic";

/** A barcode in modules: where each bar begins and how wide it is, quiet zones included. */
export interface Bars {
  readonly modules: number;
  readonly bars: readonly { readonly x: number; readonly width: number }[];
}

/** [ISO/IEC 15417] Ten modules of nothing on both sides, or a scanner does not see where it begins. */
const quietZone = 10;

/** The bars of `text` in Code 128. Drawn by React, because the page's policy allows no markup in strings. */
export function code128Bars(text: string): Bars {
  return code128<Bars>({ bcid: "code128", text, scale: 1 }, collector());
}

/** A drawing surface that keeps the bars instead of painting them: one pixel is one module. */
function collector(): Parameters<typeof code128<Bars>>[1] {
  const bars: { x: number; width: number }[] = [];
  let modules = 0;
  const nothing = () => {};
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      modules = width + 2 * quietZone;
    },
    // A bar is a line through its middle; the middle of an odd width is rounded up.
    line: (...[x, , , , width]) =>
      void bars.push({ x: quietZone + x - Math.ceil(width / 2), width }),
    polygon: nothing,
    hexagon: nothing,
    ellipse: nothing,
    fill: nothing,
    text: nothing,
    end: () => ({ modules, bars }),
  };
}
