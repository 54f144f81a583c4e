/**
 * What is to stand on the paper, in the order of reading and in no printer's language.
 * `start` and `end` are logical: in a right-to-left document the start is on the right.
 */
export interface PrintDocument {
  readonly direction: Direction;
  readonly blocks: readonly Block[];
}

export type Direction = "ltr" | "rtl";

export type Block =
  | TextBlock
  | PairBlock
  | TableBlock
  | RuleBlock
  | BarcodeBlock
  | QrBlock
  | FeedBlock
  | CutBlock;

/** `tall` is twice as high, `large` twice as high and wide. */
export type TextSize = "normal" | "tall" | "large";

export interface TextStyle {
  readonly bold?: boolean;
  readonly size?: TextSize;
}

/** A paragraph; wraps at words, and inside a word that is longer than the paper is wide. */
export interface TextBlock extends TextStyle {
  readonly kind: "text";
  readonly text: string;
  readonly align?: "start" | "center" | "end";
}

/** A label at the start and a value at the end. A long label wraps beside the value. */
export interface PairBlock extends TextStyle {
  readonly kind: "pair";
  readonly start: string;
  readonly end: string;
  /** The value is a number or an amount: reads left to right in every script. */
  readonly number?: boolean;
}

/** Rows in columns as wide as they need. One that does not fit prints its rows as pairs instead. */
export interface TableBlock {
  readonly kind: "table";
  readonly columns: readonly TableColumn[];
  readonly head?: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableColumn {
  /** `number` keeps its digits under each other, at the right of its column in every script. */
  readonly align: "start" | "end" | "number";
  /** Takes what the others leave and wraps; at most one a table. */
  readonly grow?: boolean;
}

export interface TableRow extends TextStyle {
  readonly cells: readonly string[];
}

export interface RuleBlock {
  readonly kind: "rule";
}

export interface BarcodeBlock {
  readonly kind: "barcode";
  readonly symbology: "code128" | "ean13";
  /** Code 128: printable ASCII. EAN-13: 13 digits, the last one right. */
  readonly data: string;
}

export interface QrBlock {
  readonly kind: "qr";
  readonly data: string;
}

export interface FeedBlock {
  readonly kind: "feed";
  readonly lines: number;
}

/** Feeds to the knife and cuts. Every document that leaves the printer ends with one. */
export interface CutBlock {
  readonly kind: "cut";
}
