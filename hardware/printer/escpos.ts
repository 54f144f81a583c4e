import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import { assert, unreachable } from "../../domain/values/assert.ts";
import { code128Modules, isBarcodeDrawable } from "./barcode-data.ts";
import { cleaned, rowsAsPairs, textsOf } from "./block-text.ts";
import type { CodePage } from "./code-page-tables.ts";
import { isEncodable } from "./code-pages.ts";
import { characterDots, columnsOf, spelledRuler } from "./columns.ts";
import type {
  BarcodeBlock,
  Block,
  Direction,
  PrintDocument,
  QrBlock,
  TableBlock,
} from "./document.ts";
import { type Line, layoutPair, layoutTable, layoutText, type Ruler } from "./layout.ts";
import { createInterpreter, type Interpreter } from "./interpreter.ts";
import { itemsOf } from "./plain-text.ts";
import { directionOf, withoutDirectionMarks } from "./printable-text.ts";
import type { PrinterProfile } from "./profile.ts";
import { rasterBytes, rasterOfRule } from "./raster.ts";
import { loadTextRasteriser, type TextRasteriser } from "./text-raster.ts";

/** ESC @ and single-byte characters: whatever the last job left behind ends here. */
const jobStart = Uint8Array.of(0x1b, 0x40, 0x1c, 0x2e);
/** GS V 66 0: feed to the knife and cut, leaving one point. */
const cutBytes = Uint8Array.of(0x1d, 0x56, 0x42, 0x00);

/** How many lines are made before other work has its turn: about ten milliseconds. */
const linesAtOnce = 16;

/**
 * The bytes that print `document`. A line that the printer cannot spell, or that is written right to
 * left, goes as a picture: never a silent "?". Lets other work pass every few lines, so that a long
 * receipt does not hold up the till.
 */
export async function encodeDocument(
  document: PrintDocument,
  profile: PrinterProfile,
): Promise<Uint8Array> {
  const press = new Press(document.direction, profile);
  const chunks: Uint8Array[] = [jobStart];
  for (const block of document.blocks.map(cleaned)) {
    if (!press.canSpell(block)) await press.loadRasteriser();
    for (const piece of press.print(block)) {
      if (!(piece instanceof Uint8Array)) await press.loadRasteriser();
      chunks.push(piece instanceof Uint8Array ? piece : press.draw(piece));
      if (chunks.length % linesAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return joined(chunks);
}

class Press {
  readonly #profile: PrinterProfile;
  readonly #direction: Direction;
  readonly #pages: readonly CodePage[];
  #rasteriser: TextRasteriser | null = null;
  #speller: Speller;

  constructor(direction: Direction, profile: PrinterProfile) {
    this.#direction = direction;
    this.#profile = profile;
    this.#pages = Object.keys(profile.codePages) as CodePage[];
    this.#speller = newSpeller(profile, this.#pages);
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

  /** The bytes of a block, line by line, or a line that has to be drawn. */
  *print(block: Block): Generator<Uint8Array | Line, void> {
    switch (block.kind) {
      case "text":
        yield* this.#lines(layoutText(block, this.#ruler(this.canSpell(block))));
        break;
      case "pair":
        yield* this.#lines(layoutPair(block, this.#ruler(this.canSpell(block))));
        break;
      case "table":
        yield* this.#table(block);
        break;
      case "rule":
        yield this.#rule();
        break;
      case "barcode":
        yield this.#barcode(block);
        break;
      case "qr":
        yield this.#qr(block);
        break;
      case "feed":
        yield new Uint8Array(block.lines).fill(0x0a);
        break;
      case "cut":
        yield cutBytes;
        break;
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
  *#table(block: TableBlock): Generator<Uint8Array | Line, void> {
    const rows = layoutTable(block, this.#tableRuler(this.canSpell(block)));
    if (rows !== null) for (const lines of rows) yield* this.#lines(lines);
    else for (const part of rowsAsPairs(block)) yield* this.print(part);
  }

  #tableRuler(spelled: boolean): Ruler {
    const own = this.#ruler(spelled);
    if (spelled || this.#direction === "rtl") return own;
    const characters = spelledRuler(this.#profile.columns);
    const measure: Ruler["measure"] = (text, style) =>
      this.#isSpellable(text) ? characters.measure(text, style) : own.measure(text, style);
    return { ...characters, measure };
  }

  *#lines(lines: readonly Line[]): Generator<Uint8Array | Line, void> {
    for (const line of lines) {
      const spellable =
        this.#direction === "ltr" && line.cells.every((cell) => this.#isSpellable(cell.text));
      yield (spellable ? this.#spell(line) : null) ?? line;
    }
  }

  /** The printer's own characters; null where reading the bytes back gives another text. */
  #spell(line: Line): Uint8Array | null {
    const text = columnsOf(line);
    const { encoder } = this.#speller;
    // "auto" looks at every page for every character, which takes a millisecond a line.
    encoder.codepage(this.#pages.find((page) => isEncodable(text, [page])) ?? "auto");
    const { bold, size } = line.style;
    const indent = /^ */.exec(text)?.[0] ?? "";
    encoder.text(indent);
    if (bold) encoder.bold(true);
    if (size !== "normal") encoder.size(size === "large" ? 2 : 1, 2);
    encoder.text(text.slice(indent.length));
    if (size !== "normal") encoder.size(1, 1);
    if (bold) encoder.bold(false);
    const bytes = encoder.newline().encode();
    if (this.#readBack(bytes) === text) return bytes;
    // What they believe of the printer's code page is no longer true: the line is not sent.
    this.#speller = newSpeller(this.#profile, this.#pages);
    return null;
  }

  #readBack(bytes: Uint8Array): string {
    const items = itemsOf(bytes, this.#speller.reader);
    const [only] = items;
    if (items.length !== 1 || only === undefined) return "\ufffd";
    if (only.kind !== "line") return only.kind === "feed" ? "" : "\ufffd";
    return only.runs.map((run) => run.text).join("");
  }

  /** The line as a picture. */
  draw(line: Line): Uint8Array {
    assert(this.#rasteriser !== null, "the rasteriser is loaded before a line needs it");
    return rasterBytes(this.#rasteriser.draw(line, this.#profile.widthDots));
  }

  #rule(): Uint8Array {
    if (this.#direction === "rtl" || !isEncodable("─", this.#pages)) {
      return rasterBytes(rasterOfRule(this.#profile.widthDots, 2));
    }
    const [line] = layoutText(
      { kind: "text", text: "─".repeat(this.#profile.columns) },
      this.#ruler(true),
    );
    const bytes = line ? this.#spell(line) : null;
    return bytes ?? rasterBytes(rasterOfRule(this.#profile.widthDots, 2));
  }

  #barcode(block: BarcodeBlock): Uint8Array {
    assert(isBarcodeDrawable(block), `a ${block.symbology} cannot hold ${block.data}`);
    const modules = block.symbology === "ean13" ? 95 + 18 : code128Modules(block.data);
    // The encoder's width 1 is two dots a module, 2 is three.
    const width = modules * 3 <= this.#profile.widthDots ? 2 : 1;
    return this.#speller.encoder
      .align("center")
      .barcode(block.data, block.symbology, { height: 80, width, text: "below" })
      .align("left")
      .encode();
  }

  #qr(block: QrBlock): Uint8Array {
    return this.#speller.encoder
      .align("center")
      .qrcode(block.data, { model: 2, size: 5, errorlevel: "m" })
      .align("left")
      .encode();
  }
}

/** The encoder, and beside it a reader of ours that follows its bytes. */
interface Speller {
  readonly encoder: ReceiptPrinterEncoder;
  readonly reader: Interpreter;
}

function newSpeller(profile: PrinterProfile, pages: readonly CodePage[]): Speller {
  const encoder = new ReceiptPrinterEncoder({
    language: "esc-pos",
    columns: profile.columns,
    // Its default is LF CR, and its euro is CP857's, which no table has.
    newline: "\n",
    codepageMapping: { ...profile.codePages },
    codepageCandidates: [...pages],
    feedBeforeCut: 0,
    feedAfterBlock: false,
    errors: "strict",
  }).codepage("auto");
  return { encoder, reader: createInterpreter(profile.widthDots) };
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
