import { describe, expect, it } from "vitest";
import type { PairBlock } from "./document.ts";
import { encodeDocument } from "./escpos.ts";
import type { Cell, Line } from "./layout.ts";
import { paperOf } from "./plain-text.ts";
import { printerProfile } from "./profile.ts";
import type { Raster } from "./raster.ts";
import { loadTextRasteriser } from "./text-raster.ts";

const widthDots = 576;

function line(cell: Partial<Cell> & { readonly text: string }): Line {
  const whole = { xDots: 0, widthDots, align: "left", direction: "ltr", ...cell } as const;
  return { cells: [whole], style: { bold: false, size: "normal" } };
}

/** The first and last column with a black dot, and how many dots are black. */
function ink({ data, widthDots: wide }: Raster): { from: number; to: number; dots: number } {
  let from = wide;
  let to = -1;
  let dots = 0;
  for (let dot = 0; dot < data.length * 8; dot++) {
    if (((data[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) === 0) continue;
    const x = dot % wide;
    from = Math.min(from, x);
    to = Math.max(to, x);
    dots++;
  }
  return { from, to, dots };
}

async function draw(cell: Partial<Cell> & { readonly text: string }): Promise<Raster> {
  return (await loadTextRasteriser()).draw(line(cell), widthDots);
}

describe("drawn text", () => {
  it("keeps the digits of a number in their order inside right-to-left text", async () => {
    const alone = await draw({ text: "1234.50", direction: "ltr" });
    const within = await draw({ text: "1234.50", direction: "rtl" });
    expect(within.data).toEqual(alone.data);
  });

  it("puts the first Hebrew letter on the right, the number after it on its left", async () => {
    const whole = ink(await draw({ text: "חלב 12", align: "right", direction: "rtl" }));
    const word = ink(await draw({ text: "חלב", align: "right", direction: "rtl" }));
    expect(whole.to).toBe(word.to);
    expect(whole.from).toBeLessThan(word.from - 20);
    // Beside Latin the paragraph's own direction decides which word comes first.
    const text = "חלב Tara";
    const rightToLeft = await draw({ text, align: "right", direction: "rtl" });
    const leftToRight = await draw({ text, align: "right", direction: "ltr" });
    expect(rightToLeft.data).not.toEqual(leftToRight.data);
  });

  it("joins Arabic letters: a word is narrower than its letters by themselves", async () => {
    const rasteriser = await loadTextRasteriser();
    const style = { bold: false, size: "normal" } as const;
    const apart = Array.from("حليب").reduce(
      (sum, letter) => sum + rasteriser.measure(letter, style),
      0,
    );
    expect(rasteriser.measure("حليب", style)).toBeLessThan(apart);
  });

  it("comes from fonts that ship with the program, in every script that they cover", async () => {
    const box = ink(await draw({ text: "\u{10FFFD}" }));
    for (const text of ["A", "ł", "Ж", "Ω", "ח", "ب", "₪", "€"]) {
      const drawn = ink(await draw({ text }));
      expect(drawn.dots).toBeGreaterThan(8);
      expect(drawn).not.toEqual(box);
    }
  });

  it("has digits of one width, so that amounts stand under each other", async () => {
    const rasteriser = await loadTextRasteriser();
    for (const bold of [false, true]) {
      const widths = Array.from("0123456789", (digit) =>
        rasteriser.measure(digit.repeat(20), { bold, size: "normal" }),
      );
      expect(new Set(widths).size).toBe(1);
    }
  });

  it("stays black on white: a dot is burnt or not", async () => {
    const { dots } = ink(await draw({ text: "חלב" }));
    expect(dots).toBeGreaterThan(100);
  });
});

describe("a right-to-left document", () => {
  it("mirrors label and amount, and not the amount itself", async () => {
    const pair: PairBlock = { kind: "pair", start: "סה״כ", end: "27.05", number: true };
    const bytes = await encodeDocument(
      { direction: "rtl", blocks: [pair] },
      printerProfile("epson-80mm"),
    );
    const [item] = paperOf(bytes, widthDots);
    if (item?.kind !== "raster") throw new Error("a picture was expected");
    const { from, to } = ink(item);
    expect(from).toBeLessThan(12);
    expect(to).toBeGreaterThan(widthDots - 12);
    const amount = await draw({ text: "27.05" });
    const width = ink(amount).to;
    const left = ink(clipped(item, 0, width + 12));
    expect(left.dots).toBe(ink(amount).dots);
  });
});

/** The columns of a picture from `from` up to `to`. */
function clipped(raster: Raster, from: number, to: number): Raster {
  const data = raster.data.map((byte, i) => {
    const x = (i * 8) % raster.widthDots;
    let kept = 0;
    for (let bit = 0; bit < 8; bit++) {
      if (x + bit >= from && x + bit < to) kept |= byte & (0x80 >> bit);
    }
    return kept;
  });
  return { ...raster, data };
}
