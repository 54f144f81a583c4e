import type { CodePage } from "./code-page-tables.ts";
import { decodePage, epsonCodePage } from "./code-pages.ts";
import type { Command } from "./decode.ts";
import {
  interpretBarcode,
  type BarcodeSettings,
  initialBarcodeSettings,
} from "./barcode-commands.ts";
import { createGraphics, type Graphics } from "./graphics-commands.ts";
import {
  type CharacterStyle,
  characterDots,
  type PaperAlign,
  type PaperItem,
  type PaperRun,
} from "./paper.ts";
import { createMatrixCodes, type MatrixCodes } from "./matrix-commands.ts";

/** What a command does besides marking paper. */
export type PrinterEffect =
  | { readonly kind: "item"; readonly item: PaperItem }
  /** ESC p: only when the printer gets to it in order. */
  | { readonly kind: "pulse"; readonly pin: number }
  /** A question that is answered in order: GS r, GS I, GS ( H. */
  | { readonly kind: "request"; readonly command: Command }
  /** GS a: which changes of state the printer reports by itself. */
  | { readonly kind: "auto-status"; readonly mask: number };

/** The printer's state between commands: styles, margins, code page, and the line it is filling. */
export interface Interpreter {
  run(command: Command): PrinterEffect[];
  /** What stands in the line buffer and is not on paper yet. */
  readonly pending: boolean;
}

const plain: CharacterStyle = {
  font: "A",
  bold: false,
  underline: false,
  inverted: false,
  scaleX: 1,
  scaleY: 1,
};

const defaultSpacingDots = 30;

export function createInterpreter(paperDots: number): Interpreter {
  return new LineInterpreter(paperDots);
}

class LineInterpreter implements Interpreter {
  readonly #paperDots: number;
  #style = plain;
  #page: CodePage | null = "cp437";
  #align: PaperAlign = "left";
  #spacingDots = defaultSpacingDots;
  #leftDots = 0;
  #areaDots: number;
  #runs: PaperRun[] = [];
  #nextX: number | null = null;
  #barcode: BarcodeSettings = initialBarcodeSettings;
  readonly #matrix: MatrixCodes = createMatrixCodes();
  readonly #graphics: Graphics = createGraphics();

  constructor(paperDots: number) {
    this.#paperDots = paperDots;
    this.#areaDots = paperDots;
  }

  get pending(): boolean {
    return this.#runs.length > 0;
  }

  run(command: Command): PrinterEffect[] {
    return (
      this.#text(command) ??
      this.#motion(command) ??
      this.#setStyle(command) ??
      this.#setPlace(command) ??
      this.#picture(command) ??
      this.#device(command) ??
      []
    );
  }

  #text({ op, data }: Command): PrinterEffect[] | null {
    if (op !== "text") return null;
    const text = this.#page === null ? "\ufffd".repeat(data.length) : decodePage(data, this.#page);
    const wide = characterDots(this.#style).widthDots;
    const effects: PrinterEffect[] = [];
    for (const character of text) {
      if (this.#usedDots() + wide > this.#areaDots && this.pending)
        effects.push(...this.#endLine());
      this.#add(character);
    }
    return effects;
  }

  #add(text: string): void {
    const last = this.#runs.at(-1);
    if (last && this.#nextX === null && last.style === this.#style && !last.picture) {
      this.#runs[this.#runs.length - 1] = { ...last, text: last.text + text };
      return;
    }
    this.#runs.push({ text, xDots: this.#nextX, style: this.#style });
    this.#nextX = null;
  }

  #usedDots(): number {
    let x = 0;
    for (const run of this.#runs) {
      x = run.xDots ?? x;
      x +=
        run.picture?.widthDots ?? Array.from(run.text).length * characterDots(run.style).widthDots;
    }
    return this.#nextX ?? x;
  }

  #endLine(feedDots?: number): PrinterEffect[] {
    const tallest = Math.max(
      0,
      ...this.#runs.map((run) => run.picture?.heightDots ?? characterDots(run.style).heightDots),
    );
    const heightDots = Math.max(feedDots ?? this.#spacingDots, tallest);
    const runs = this.#runs;
    this.#runs = [];
    this.#nextX = null;
    if (runs.length === 0)
      return heightDots === 0 ? [] : [item({ kind: "feed", dots: heightDots })];
    return [
      item({
        kind: "line",
        runs,
        align: this.#align,
        leftDots: this.#leftDots,
        areaDots: this.#areaDots,
        heightDots,
      }),
    ];
  }

  #motion({ op, args }: Command): PrinterEffect[] | null {
    const [n = 0] = args;
    switch (op) {
      case "LF":
        return this.#endLine();
      case "FF":
        return this.#endLine();
      case "ESC d":
        return [
          ...this.#endLine(),
          ...(n > 1 ? [item({ kind: "feed", dots: (n - 1) * this.#spacingDots })] : []),
        ];
      case "ESC J":
        return this.#endLine(n);
      case "HT":
        this.#nextX = (Math.floor(this.#usedDots() / 96) + 1) * 96;
        return [];
      case "CAN":
        this.#runs = [];
        return [];
      case "GS V": {
        const before = this.pending ? this.#endLine() : [];
        // Functions B feed to the knife first, plus n; functions A cut where the paper stands.
        const feed = n >= 65 ? [item({ kind: "feed", dots: 90 + (args[1] ?? 0) })] : [];
        return [...before, ...feed, item({ kind: "cut" })];
      }
      case "ESC i":
      case "ESC m":
        return [...(this.pending ? this.#endLine() : []), item({ kind: "cut" })];
      default:
        return null;
    }
  }

  #setStyle({ op, args }: Command): PrinterEffect[] | null {
    const [n = 0] = args;
    const set = (change: Partial<CharacterStyle>) => {
      this.#style = { ...this.#style, ...change };
      return [];
    };
    switch (op) {
      case "ESC @":
        return this.#reset();
      case "ESC !":
        return set({
          font: (n & 1) === 1 ? "B" : "A",
          bold: (n & 8) !== 0,
          scaleY: (n & 16) === 0 ? 1 : 2,
          scaleX: (n & 32) === 0 ? 1 : 2,
          underline: (n & 128) !== 0,
        });
      case "GS !":
        return set({ scaleX: ((n >> 4) & 7) + 1, scaleY: (n & 7) + 1 });
      case "ESC E":
      case "ESC G":
        return set({ bold: (n & 1) === 1 });
      case "ESC -":
        return set({ underline: n % 48 !== 0 });
      case "ESC M":
        return set({ font: n % 48 === 0 ? "A" : "B" });
      case "GS B":
        return set({ inverted: (n & 1) === 1 });
      case "ESC t":
        this.#page = epsonCodePage(n);
        return [];
      default:
        return null;
    }
  }

  #reset(): PrinterEffect[] {
    this.#style = plain;
    this.#page = "cp437";
    this.#align = "left";
    this.#spacingDots = defaultSpacingDots;
    this.#leftDots = 0;
    this.#areaDots = this.#paperDots;
    this.#runs = [];
    this.#nextX = null;
    this.#barcode = initialBarcodeSettings;
    return [];
  }

  #setPlace({ op, args }: Command): PrinterEffect[] | null {
    const [n = 0, high = 0] = args;
    const word = n + high * 256;
    switch (op) {
      case "ESC a":
        this.#align = (["left", "center", "right"] as const)[n % 48] ?? "left";
        return [];
      case "ESC 2":
        this.#spacingDots = defaultSpacingDots;
        return [];
      case "ESC 3":
        this.#spacingDots = n;
        return [];
      case "ESC $":
        this.#nextX = word;
        return [];
      case "ESC \\":
        this.#nextX = this.#usedDots() + (word > 32_767 ? word - 65_536 : word);
        return [];
      case "GS L":
        this.#leftDots = Math.min(word, this.#paperDots - 12);
        this.#areaDots = Math.min(this.#areaDots, this.#paperDots - this.#leftDots);
        return [];
      case "GS W":
        this.#areaDots = Math.max(12, Math.min(word, this.#paperDots - this.#leftDots));
        return [];
      default:
        return null;
    }
  }

  #picture(command: Command): PrinterEffect[] | null {
    const inLine = this.#graphics.column(command);
    if (inLine !== null) {
      this.#runs.push({ text: "", picture: inLine, xDots: this.#nextX, style: this.#style });
      this.#nextX = null;
      return [];
    }
    const settings = interpretBarcode(command, this.#barcode, this.#align);
    if (settings?.settings) {
      this.#barcode = settings.settings;
      return [];
    }
    const block =
      settings?.item ??
      this.#graphics.block(command, this.#align) ??
      this.#matrix.run(command, this.#align);
    if (block === null || block === undefined) return null;
    if (block === "stored") return [];
    return [...(this.pending ? this.#endLine() : []), item(block)];
  }

  #device(command: Command): PrinterEffect[] | null {
    const { op, args } = command;
    switch (op) {
      case "ESC p":
        return [{ kind: "pulse", pin: (args[0] ?? 0) % 48 }];
      case "GS a":
        return [{ kind: "auto-status", mask: args[0] ?? 0 }];
      case "GS r":
      case "GS I":
      case "GS ( H":
        return [{ kind: "request", command }];
      default:
        return null;
    }
  }
}

function item(value: PaperItem): PrinterEffect {
  return { kind: "item", item: value };
}
