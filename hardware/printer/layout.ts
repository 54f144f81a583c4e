import { assert } from "../../domain/values/assert.ts";
import type {
  Direction,
  PairBlock,
  TableBlock,
  TableColumn,
  TextBlock,
  TextStyle,
} from "./document.ts";
import { directionOf, graphemesOf } from "./printable-text.ts";

/** One line of paper: texts side by side in one style, each in its own place, left to right. */
export interface Line {
  readonly cells: readonly Cell[];
  readonly style: Required<TextStyle>;
}

export interface Cell {
  readonly text: string;
  readonly xDots: number;
  readonly widthDots: number;
  readonly align: "left" | "center" | "right";
  /** The direction of the cell's own paragraph; where the cell stands is already settled. */
  readonly direction: Direction;
}

/** Where lines are laid out: the paper's width and how wide a text will be on it. */
export interface Ruler {
  readonly widthDots: number;
  /** Columns start at multiples of this: a character's width where characters have one. */
  readonly gridDots: number;
  /** The space between two columns. */
  readonly gapDots: number;
  readonly direction: Direction;
  measure(text: string, style: Required<TextStyle>): number;
}

/** Where a cell goes, in logical order, before it is wrapped and mirrored. */
interface Slot {
  readonly text: string;
  readonly startDots: number;
  readonly widthDots: number;
  readonly align: TableColumn["align"] | "center";
}

/** A paragraph as lines. */
export function layoutText(block: TextBlock, ruler: Ruler): Line[] {
  const { widthDots } = ruler;
  const align = block.align ?? "start";
  return flow([{ text: block.text, startDots: 0, widthDots, align }], styleOf(block), ruler);
}

/** A label and its value as lines: side by side, or below each other where the value is very wide. */
export function layoutPair(block: PairBlock, ruler: Ruler): Line[] {
  const style = styleOf(block);
  const { widthDots, gapDots } = ruler;
  const align = block.number === true ? "number" : "end";
  const endDots = toGrid(ruler.measure(block.end, style), ruler);
  const longestWord = Math.max(0, ...words(block.start).map((word) => ruler.measure(word, style)));
  const startDots = widthDots - endDots - gapDots;
  const fits =
    startDots >= Math.min(ruler.measure(block.start, style), Math.max(longestWord, widthDots / 3));
  if (fits) {
    const slots: Slot[] = [
      { text: block.start, startDots: 0, widthDots: startDots, align: "start" },
      { text: block.end, startDots: widthDots - endDots, widthDots: endDots, align },
    ];
    return flow(slots, style, ruler);
  }
  return [
    ...flow([{ text: block.start, startDots: 0, widthDots, align: "start" }], style, ruler),
    ...flow([{ text: block.end, startDots: 0, widthDots, align }], style, ruler),
  ];
}

/** A table's rows as lines, one list a row; null where its columns do not fit beside each other. */
export function layoutTable(block: TableBlock, ruler: Ruler): Line[][] | null {
  const head: readonly TextStyle[] = block.head ? [{ bold: true }] : [];
  const styles = [...head, ...block.rows].map(styleOf);
  const rows = [...(block.head ? [block.head] : []), ...block.rows.map((row) => row.cells)];
  const roomy = block.columns.length > 3 ? 2 * ruler.gapDots : ruler.gapDots;
  const place = (gapDots: number) =>
    placeColumns(block.columns, rows, styles, { ...ruler, gapDots });
  const slots = place(roomy) ?? place(ruler.gapDots);
  if (slots === null) return null;
  return rows.map((cells, r) => {
    const style = styles[r] ?? styleOf({});
    const row = slots.map((slot, c) => ({ ...slot, text: cells[c] ?? "" }));
    return flow(row, style, ruler);
  });
}

function placeColumns(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  styles: readonly Required<TextStyle>[],
  ruler: Ruler,
): Slot[] | null {
  const natural = columns.map((_, c) =>
    Math.max(
      0,
      ...rows.map((cells, r) =>
        toGrid(ruler.measure(cells[c] ?? "", styles[r] ?? styleOf({})), ruler),
      ),
    ),
  );
  const gaps = ruler.gapDots * (columns.length - 1);
  const grower = columns.findIndex((column) => column.grow === true);
  const fixed = natural.reduce((sum, dots, c) => sum + (c === grower ? 0 : dots), gaps);
  const left = ruler.widthDots - fixed;
  const needed = grower === -1 ? 0 : Math.min(natural[grower] ?? 0, ruler.widthDots / 4);
  if (left < needed) return null;
  let startDots = 0;
  return columns.map((column, c) => {
    const widthDots = c === grower ? left : (natural[c] ?? 0);
    const slot = { text: "", startDots, widthDots, align: column.align };
    startDots += widthDots + ruler.gapDots;
    return slot;
  });
}

/** Wraps each slot in its width and sets the pieces beside each other, the shorter ones from the top. */
function flow(slots: readonly Slot[], style: Required<TextStyle>, ruler: Ruler): Line[] {
  const wrapped = slots.map((slot) => wrap(slot.text, slot.widthDots, style, ruler));
  const height = Math.max(1, ...wrapped.map((pieces) => pieces.length));
  return Array.from({ length: height }, (_, l) => ({
    style,
    cells: slots.flatMap((slot, s) => {
      const text = wrapped[s]?.[l];
      return text === undefined || text === "" ? [] : [settle(slot, text, ruler)];
    }),
  })).map((line) => ({ ...line, cells: line.cells.toSorted((a, b) => a.xDots - b.xDots) }));
}

/** From logical to physical: mirrors the place in a right-to-left document, but never the numbers. */
function settle(slot: Slot, text: string, ruler: Ruler): Cell {
  const mirrored = ruler.direction === "rtl";
  const { widthDots } = slot;
  const xDots = mirrored ? ruler.widthDots - slot.startDots - widthDots : slot.startDots;
  const direction = slot.align === "number" ? "ltr" : directionOf(text, ruler.direction);
  return { text, xDots, widthDots, align: physical(slot.align, mirrored), direction };
}

function physical(align: Slot["align"], mirrored: boolean): Cell["align"] {
  if (align === "center") return "center";
  if (align === "number") return "right";
  return (align === "start") === mirrored ? "right" : "left";
}

/** The pieces of `text` that fit in `widthDots`. At least one grapheme a piece, so that it always ends. */
function wrap(text: string, widthDots: number, style: Required<TextStyle>, ruler: Ruler): string[] {
  const fits = (piece: string) => ruler.measure(piece, style) <= widthDots;
  if (fits(text)) return [text];
  const indent = /^ */.exec(text)?.[0] ?? "";
  const pieces: string[] = [];
  let piece = "";
  for (const word of words(text)) {
    const longer = piece === "" ? indent + word : `${piece} ${word}`;
    if (fits(longer)) {
      piece = longer;
      continue;
    }
    if (piece !== "") pieces.push(piece);
    const broken = breakWord(indent + word, fits);
    pieces.push(...broken.slice(0, -1));
    piece = broken.at(-1) ?? "";
  }
  if (piece !== "") pieces.push(piece);
  return pieces;
}

function breakWord(word: string, fits: (piece: string) => boolean): string[] {
  if (fits(word)) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const grapheme of graphemesOf(word)) {
    if (piece !== "" && !fits(piece + grapheme)) {
      pieces.push(piece);
      piece = "";
    }
    piece += grapheme;
  }
  return [...pieces, piece];
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}

function toGrid(dots: number, ruler: Ruler): number {
  assert(ruler.gridDots >= 1, "a grid has a width");
  return Math.ceil(dots / ruler.gridDots) * ruler.gridDots;
}

/** A style with nothing left open. */
function styleOf(style: TextStyle): Required<TextStyle> {
  return { bold: style.bold ?? false, size: style.size ?? "normal" };
}
