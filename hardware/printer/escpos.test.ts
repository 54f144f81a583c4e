import { describe, expect, it } from "vitest";
import type { Block, PrintDocument } from "./document.ts";
import { commandsOf } from "./decode.ts";
import { encodeDocument } from "./escpos.ts";
import { paperOf, plainTextOf } from "./plain-text.ts";
import { printerProfile } from "./profile.ts";

const profile = printerProfile("epson-80mm");

function documentOf(...blocks: Block[]): PrintDocument {
  return { direction: "ltr", blocks };
}

async function bytesOf(...blocks: Block[]): Promise<Uint8Array> {
  return encodeDocument(documentOf(...blocks), profile);
}

async function linesOf(...blocks: Block[]): Promise<string[]> {
  return plainTextOf(paperOf(await bytesOf(...blocks), profile.widthDots));
}

function text(value: string): Block {
  return { kind: "text", text: value };
}

function includesBytes(bytes: Uint8Array, part: readonly number[]): boolean {
  return Buffer.from(bytes).includes(Buffer.from(part));
}

describe("ESC/POS bytes", () => {
  it("begin with a reset, so that nothing is left of the job before", async () => {
    const bytes = await bytesOf(text("x"), { kind: "cut" });
    expect([...bytes.subarray(0, 2)]).toEqual([0x1b, 0x40]);
    expect([...bytes.subarray(-4)]).toEqual([0x1d, 0x56, 0x42, 0x00]);
  });

  it("end a line with LF alone: the encoder's own LF CR would feed twice on some printers", async () => {
    const bytes = await bytesOf(text("one"), text("two"));
    expect(includesBytes(bytes, [0x0d])).toBe(false);
    expect(await linesOf(text("one"), text("two"))).toEqual(["one", "two"]);
  });

  it("print the euro from code page 858, not from 857, which has none", async () => {
    const bytes = await bytesOf(text("12,34 €"));
    expect(includesBytes(bytes, [0x1b, 0x74, 19])).toBe(true);
    expect(includesBytes(bytes, [0xd5])).toBe(true);
    expect(includesBytes(bytes, [0x1b, 0x74, 13])).toBe(false);
    expect(await linesOf(text("12,34 €"))).toEqual(["12,34 €"]);
  });

  it.each(["Müller Straße", "Łódź żółć", "Молоко 3,2%", "Ελληνικό", "Crème brûlée × 2"])(
    "spell %s with the printer's own characters, read back by tables that are not the encoder's",
    async (value) => {
      expect(await linesOf(text(value))).toEqual([value]);
    },
  );

  it.each([
    ["Chinese", "豆浆 500 ml"],
    ["Hindi", "चाय"],
    ["Thai", "น้ำปลา"],
    ["an emoji", "Brezel 🥨"],
    ["Hebrew", "חלב 3%"],
    ["Arabic", "حليب"],
    ["a letter that only looks composed", "x̄ bar"],
    ["a lone surrogate", "half \ud83e"],
  ])("draw %s: never a silent question mark", async (_, value) => {
    const bytes = await bytesOf(text(value));
    expect(commandsOf(bytes).commands.map(({ op }) => op)).not.toContain("text");
    const [line] = await linesOf(text(value));
    expect(line).toBe("[picture 576×34]");
    const [raster] = paperOf(bytes, profile.widthDots);
    expect(raster?.kind === "raster" && raster.data.some((byte) => byte !== 0)).toBe(true);
  });

  it("still print a question mark that was meant", async () => {
    expect(await linesOf(text("Really?"))).toEqual(["Really?"]);
  });

  it("compose letters, and use plain spaces and hyphens where number formats use special ones", async () => {
    expect(await linesOf(text("Cafe\u0301"))).toEqual(["Café"]);
    expect(await linesOf(text("1\u202f234,50\u00a0€"))).toEqual(["1 234,50 €"]);
    expect(await linesOf(text("\u22120.70"))).toEqual(["-0.70"]);
    expect(await linesOf(text("\u200e-0.70\u200f"))).toEqual(["-0.70"]);
  });

  it("let no name of a good command the printer", async () => {
    const hostile = "Milk\u0010\u0014\u0001\u0000\u0001\u001b@\u001dV\u0000\u009b1L";
    const bytes = await bytesOf(text(hostile));
    const ops = commandsOf(bytes).commands.map((command) => command.op);
    expect(ops).not.toContain("DLE DC4");
    expect(ops).not.toContain("GS V");
    expect(ops.filter((op) => op === "ESC @")).toHaveLength(1);
    expect((await linesOf(text(hostile)))[0]).toMatch(/^Milk/);
  });

  it("hold no real-time command in a picture, where an Epson would obey it", async () => {
    const { rasterBytes } = await import("./raster.ts");
    const data = Uint8Array.of(0x10, 0x14, 0x01, 0x00, 0x01, 0x10, 0x04, 0x01, 0x10, 0x05);
    const bytes = rasterBytes({ widthDots: 16, heightDots: 5, data });
    for (const second of [0x04, 0x05, 0x14]) {
      expect(includesBytes(bytes, [0x10, second])).toBe(false);
    }
    const darker = [...bytes.subarray(8)].every((byte, i) => (byte & (data[i] ?? 0)) === data[i]);
    expect(darker).toBe(true);
  });

  it("refuse a wrong EAN check digit instead of printing a code that nobody can scan", async () => {
    const wrong = bytesOf({ kind: "barcode", symbology: "ean13", data: "4006381333930" });
    await expect(wrong).rejects.toThrow("cannot hold");
    const right = await linesOf({ kind: "barcode", symbology: "ean13", data: "4006381333931" });
    expect(right).toContain("[ean13 4006381333931]");
  });

  it("follow the code page from line to line, through pictures and rules", async () => {
    const values = ["Milk €", "Молоко", "חלב", "Łódź", "plain", "Молоко Łódź €"];
    const blocks = values.flatMap((value): Block[] => [text(value), { kind: "rule" }]);
    const lines = (await linesOf(...blocks)).filter((line) => !line.startsWith("─"));
    expect(lines).toEqual(values.with(2, "[picture 576×34]"));
  });

  it("carry a Code 128 and a QR code as they are", async () => {
    const lines = await linesOf(
      { kind: "barcode", symbology: "code128", data: "EVR-2-004711" },
      { kind: "qr", data: "https://example.com/r/42" },
    );
    expect(lines).toContain("[code128 EVR-2-004711]");
    expect(lines).toContain("[qr https://example.com/r/42]");
  });

  it("are the same for the same document", async () => {
    const blocks = [text("חלב 3%"), text("Milk €")];
    expect(await bytesOf(...blocks)).toEqual(await bytesOf(...blocks));
  });

  it("carry no style over into the next line", async () => {
    const bold: Block = { kind: "pair", start: "Total €", end: "1", bold: true, size: "large" };
    const lines = paperOf(await bytesOf(bold, text("Привет")), profile.widthDots);
    const [first, second] = lines;
    expect(first?.kind === "line" && first.runs.some((run) => run.style.scaleX === 2)).toBe(true);
    expect(second?.kind === "line" && second.runs.map((run) => run.style.bold)).toEqual([false]);
  });
});

describe("layout in columns", () => {
  it("sets a value at the right edge and wraps a long label beside it", async () => {
    const start = "A product whose name is far too long to stand on one line of paper";
    const lines = await linesOf({ kind: "pair", start, end: "1,234.50", number: true });
    expect(lines).toEqual([
      "A product whose name is far too long to 1,234.50",
      "stand on one line of paper",
    ]);
    expect(lines.every((line) => line.length <= 48)).toBe(true);
  });

  it("breaks a word that is longer than the paper, and loses no letter of it", async () => {
    const word = "x".repeat(130);
    expect((await linesOf(text(word))).join("")).toBe(word);
  });

  it("prints a table that is too wide for the paper row by row", async () => {
    const narrow = printerProfile("generic-58mm");
    const cells = ["A 19%", "1,234,567.89", "1,234,567.89", "1,234,567.89"];
    const table: Block = {
      kind: "table",
      columns: [
        { align: "start", grow: true },
        ...[1, 2, 3].map(() => ({ align: "number" }) as const),
      ],
      head: ["Tax", "Net", "Tax", "Gross"],
      rows: [{ cells }],
    };
    const bytes = await encodeDocument(documentOf(table), narrow);
    expect(plainTextOf(paperOf(bytes, narrow.widthDots))).toEqual([
      "A 19%",
      "  Net               1,234,567.89",
      "  Tax               1,234,567.89",
      "  Gross             1,234,567.89",
    ]);
  });
});
