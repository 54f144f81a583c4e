import { describe, expect, it } from "vitest";
import { controlBarcode, controlKeys } from "../../../hardware/scanner/control-card.ts";
import { type Bars, code128Bars } from "./code128-bars.ts";

/** [ISO/IEC 15417, table 1] Widths of the symbol characters 0–105, and the stop of 7 elements. */
const patterns = (
  "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231" +
  "113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211" +
  "212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131" +
  "113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111" +
  "314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211" +
  "241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141" +
  "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214" +
  "211232"
).match(/\d{6}/g);
const stop = "2331112";

/** Reads the bars back as a scanner does, from widths alone. */
function read({ bars, modules }: Bars): string {
  const widths = bars.flatMap(({ x, width }, i) => {
    const next = bars[i + 1]?.x;
    return next === undefined ? [width] : [width, next - x - width];
  });
  const digits = widths.join("");
  expect(digits.endsWith(stop)).toBe(true);
  const symbols = (digits.slice(0, -stop.length).match(/\d{6}/g) ?? []).map((pattern) => {
    const value = patterns?.indexOf(pattern) ?? -1;
    expect(value).toBeGreaterThanOrEqual(0);
    return value;
  });
  const [start = 0, ...rest] = symbols;
  const check = rest.pop();
  expect(rest.reduce((sum, value, i) => sum + value * (i + 1), start) % 103).toBe(check);
  expect(bars[0]?.x).toBe(10);
  expect(modules - (bars.at(-1)?.x ?? 0) - (bars.at(-1)?.width ?? 0)).toBe(10);
  return decode(start, rest);
}

function decode(start: number, values: readonly number[]): string {
  let set = "ABC"[start - 103] ?? "";
  let text = "";
  for (const value of values) {
    if (set === "C" && value < 100) text += String(value).padStart(2, "0");
    else if (value < 96) text += String.fromCodePoint(value + 32);
    else if (value === 99) set = "C";
    else if (value === 100) set = "B";
    else if (value === 101) set = "A";
    else throw new Error(`symbol ${value} in set ${set}`);
  }
  return text;
}

describe("barcodes of the control card", () => {
  it.each(controlKeys)(
    "%s reads back from its bars alone, check symbol and quiet zones right",
    (key) => {
      expect(read(code128Bars(controlBarcode(key)))).toBe(controlBarcode(key));
    },
  );
});
