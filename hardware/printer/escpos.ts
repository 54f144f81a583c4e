import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import { assert, unreachable } from "../../domain/values/assert.ts";
import { code128Modules, isBarcodeDrawable } from "./barcode-data.ts";
import type { CodePage } from "./code-page-tables.ts";
import { isEncodable } from "./code-pages.ts";
import type {
  BarcodeBlock,
  Block,
  Direction,
  PrintDocument,
  QrBlock,
  TableBlock,
} from "./document.ts";
import { type Line, layoutPair, layoutTable, layoutText, type Ruler } from "./layout.ts";
import { paperOf } from "./plain-text.ts";
import {
  directionOf,
  graphemesOf,
  printableText,
  withoutDirectionMarks,
} from "./printable-text.ts";
import type { PrinterProfile } from "./profile.ts";
import { rasterBytes, rasterOfRule } from "./raster.ts";
import { loadTextRasteriser, type TextRasteriser } from "./text-raster.ts";

/** ESC @ and single-byte characters: whatever the last job left behind ends here. */
const jobStart = Uint8Array.of(0x1b, 0x40, 0x1c, 0x2e);
/** GS V 66 0: feed to the knife and cut, leaving one point. */
const cutBytes = Uint8Array.of(0x1d, 0x56, 0x42, 0x00);
const characterDots = 12;

/**
 * The bytes that print `document`. Every line is self-contained (its own code page and style), and a
 * line that the printer cannot spell, or that is written right to left, goes as a picture: never a
 * silent "?". Yields to other work between blocks, so that a long receipt does not hold up the till.
 */
export async function encodeDocument(
  document: PrintDocument,
  profile: PrinterProfile,
): Promise<Uint8Array> {
  const press = new Press(document.direction, profile);
  const chunks: Uint8Array[] = [jobStart];
  for (const [b, block] of document.blocks.map(cleaned).entries()) {
    if (!press.canSpell(block)) await press.loadRasteriser();
    chunks.push(...press.print(block));
    if (b % 8 === 7) await new Promise((resolve) => setImmediate(resolve));
  }
  return joined(chunks);
}

class Press {
  readonly #profile: PrinterProfile;
  readonly #direction: Direction;
  readonly #pages: readonly CodePage[];
  #rasteriser: TextRasteriser | null = null;

  constructor(direction: Direction, profile: PrinterProfile) {
    this.#direction = direction;
    this.#profile = profile;
    this.#pages = Object.keys(profile.codePages) as CodePage[];
  }

  async loadRasteriser(): Promise<void> {
    this.#rasteriser ??= await loadTextRasteriser();
  }

  /** True where the printer's own characters can write all of it, from left to right. */
  canSpell(block: Block): boolean {
    return this.#direction === "ltr" && textsOf(block).every((text) => this.#isSpellable(text));
  }

  #isSpellable(text: string): boolean {
    return (
      directionOf(text, "ltr") === "ltr" && isEncodable(withoutDirectionMarks(text), this.#pages)
    );
  }

  print(block: Block): Uint8Array[] {
    switch (block.kind) {
      case "text":
        return this.#lines(layoutText(block, this.#ruler(this.canSpell(block))));
      case "pair":
        return this.#lines(layoutPair(block, this.#ruler(this.canSpell(block))));
      case "table":
        return this.#table(block);
      case "rule":
        return [this.#rule()];
      case "barcode":
        return [this.#barcode(block)];
      case "qr":
        return [this.#qr(block)];
      case "feed":
        return [new Uint8Array(block.lines).fill(0x0a)];
      case "cut":
        return [cutBytes];
      default:
        return unreachable(block);
    }
  }

  /** The ruler of the printer's own characters, or of the drawn ones. */
  #ruler(spelled: boolean): Ruler {
    const { widthDots } = this.#profile;
    const direction = this.#direction;
    if (spelled) return spelledRuler(this.#profile.columns);
    const rasteriser = this.#rasteriser;
    assert(rasteriser !== null, "the rasteriser is loaded before a line needs it");
    const measure: Ruler["measure"] = (text, style) => rasteriser.measure(text, style);
    return { widthDots, gridDots: 1, gapDots: characterDots, direction, measure };
  }

  /** In a left-to-right table only the rows that need it are drawn, at the columns of the others. */
  #table(block: TableBlock): Uint8Array[] {
    const spelled = this.canSpell(block);
    const rows = layoutTable(block, this.#tableRuler(spelled));
    if (rows !== null) return rows.flatMap((lines) => this.#lines(lines));
    return stacked(block).flatMap((part) => this.print(part));
  }

  #tableRuler(spelled: boolean): Ruler {
    const own = this.#ruler(spelled);
    if (spelled || this.#direction === "rtl") return own;
    const characters = spelledRuler(this.#profile.columns);
    const measure: Ruler["measure"] = (text, style) =>
      this.#isSpellable(text) ? characters.measure(text, style) : own.measure(text, style);
    return { ...characters, measure };
  }

  #lines(lines: readonly Line[]): Uint8Array[] {
    return lines.map((line) => {
      const spellable =
        this.#direction === "ltr" && line.cells.every((cell) => this.#isSpellable(cell.text));
      return (spellable ? this.#spell(line) : null) ?? this.#draw(line);
    });
  }

  /** The printer's own characters; null where reading the bytes back gives another text. */
  #spell(line: Line): Uint8Array | null {
    const text = columnsOf(line);
    const encoder = this.#encoder();
    const { bold, size } = line.style;
    const indent = /^ */.exec(text)?.[0] ?? "";
    encoder.text(indent);
    if (bold) encoder.bold(true);
    if (size !== "normal") encoder.size(size === "large" ? 2 : 1, 2);
    encoder.text(text.slice(indent.length));
    if (size !== "normal") encoder.size(1, 1);
    if (bold) encoder.bold(false);
    const bytes = encoder.newline().encode();
    return this.#reads(bytes) === text ? bytes : null;
  }

  #reads(bytes: Uint8Array): string {
    const [only, ...more] = paperOf(bytes, this.#profile.widthDots);
    if (more.length > 0 || only?.kind !== "line") return only?.kind === "feed" ? "" : "\ufffd";
    return only.runs.map((run) => run.text).join("");
  }

  #draw(line: Line): Uint8Array {
    assert(this.#rasteriser !== null, "the rasteriser is loaded before a line needs it");
    return rasterBytes(this.#rasteriser.draw(line, this.#profile.widthDots));
  }

  #rule(): Uint8Array {
    if (this.#direction === "rtl" || !isEncodable("─", this.#pages)) {
      return rasterBytes(rasterOfRule(this.#profile.widthDots, 2));
    }
    return this.#encoder().line("─".repeat(this.#profile.columns)).encode();
  }

  #barcode(block: BarcodeBlock): Uint8Array {
    assert(isBarcodeDrawable(block), `a ${block.symbology} cannot hold ${block.data}`);
    const modules = block.symbology === "ean13" ? 95 + 18 : code128Modules(block.data);
    // The encoder's width 1 is two dots a module, 2 is three.
    const width = modules * 3 <= this.#profile.widthDots ? 2 : 1;
    return this.#encoder()
      .align("center")
      .barcode(block.data, block.symbology, { height: 80, width, text: "below" })
      .align("left")
      .encode();
  }

  #qr(block: QrBlock): Uint8Array {
    return this.#encoder()
      .align("center")
      .qrcode(block.data, { model: 2, size: 5, errorlevel: "m" })
      .align("left")
      .encode();
  }

  /** A fresh encoder a line: it sets the code page anew, so that a lost line harms no other. */
  #encoder(): ReceiptPrinterEncoder {
    return new ReceiptPrinterEncoder({
      language: "esc-pos",
      columns: this.#profile.columns,
      // Its default is LF CR, and its euro is CP857's, which no table has.
      newline: "\n",
      codepageMapping: { ...this.#profile.codePages },
      codepageCandidates: [...this.#pages],
      feedBeforeCut: 0,
      feedAfterBlock: false,
      errors: "strict",
    }).codepage("auto");
  }
}

/** Characters of 12 dots on a grid of columns, from left to right. */
function spelledRuler(columns: number): Ruler {
  return {
    widthDots: columns * characterDots,
    gridDots: characterDots,
    gapDots: characterDots,
    direction: "ltr",
    measure: (text, style) =>
      graphemesOf(withoutDirectionMarks(text)).length *
      characterDots *
      (style.size === "large" ? 2 : 1),
  };
}

/** The line as characters in columns; of a large one the indent is in small characters. */
function columnsOf(line: Line): string {
  const wide = characterDots * (line.style.size === "large" ? 2 : 1);
  let text = "";
  let dots = 0;
  for (const cell of line.cells) {
    const shown = withoutDirectionMarks(cell.text);
    const spare = Math.max(0, cell.widthDots - graphemesOf(shown).length * wide);
    const shift = { left: 0, center: spare / 2, right: spare }[cell.align];
    const unit = text === "" ? characterDots : wide;
    const gap = " ".repeat(Math.max(0, Math.floor((cell.xDots + shift - dots) / unit)));
    text += gap + shown;
    dots += gap.length * unit + graphemesOf(shown).length * wide;
  }
  return text.trimEnd();
}

/** A table that is too wide, row by row: the first cell, then each other one beside its heading. */
function stacked(block: TableBlock): Block[] {
  return block.rows.flatMap((row) => {
    const { cells, ...style } = row;
    const [first = "", ...others] = cells;
    return [
      { kind: "text", text: first, ...style } as const,
      ...others.flatMap((end, c): Block[] => {
        if (end === "") return [];
        const number = block.columns[c + 1]?.align === "number";
        return [{ kind: "pair", start: `  ${block.head?.[c + 1] ?? ""}`, end, number, ...style }];
      }),
    ];
  });
}

function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "text":
      return [block.text];
    case "pair":
      return [block.start, block.end];
    case "table":
      return [...(block.head ?? []), ...block.rows.flatMap((row) => row.cells)];
    default:
      return [];
  }
}

function cleaned(block: Block): Block {
  switch (block.kind) {
    case "text":
      return { ...block, text: printableText(block.text) };
    case "pair":
      return { ...block, start: printableText(block.start), end: printableText(block.end) };
    case "table":
      return {
        ...block,
        ...(block.head ? { head: block.head.map(printableText) } : {}),
        rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(printableText) })),
      };
    default:
      return block;
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
