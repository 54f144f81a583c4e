import { create } from "zustand";
import { persist } from "zustand/middleware";

/** Counting, receiving, and adjusting are one sheet of goods and quantities each. */
export type Mode = "count" | "receive" | "adjust";
export const modes = ["count", "receive", "adjust"] as const;

export const adjustReasons = ["adjustment", "waste", "transfer-in", "transfer-out"] as const;
export type AdjustReason = (typeof adjustReasons)[number];

export interface SheetLine {
  readonly sku: string;
  readonly name: string;
  readonly unit: "each" | "kg";
  /** As it stands in the field. */
  readonly typed: string;
}

interface Sheets {
  readonly lines: Readonly<Record<Mode, readonly SheetLine[]>>;
  readonly reason: AdjustReason;
  readonly note: string;
}

const empty: Sheets = {
  lines: { count: [], receive: [], adjust: [] },
  reason: "adjustment",
  note: "",
};

/** What a person has typed and not sent: it survives leaving the page. Nothing of the shop's is here. */
export const useSheets = create<Sheets>()(
  persist((): Sheets => empty, { name: "evertill.stock-sheets" }),
);

export function setLines(mode: Mode, change: (lines: readonly SheetLine[]) => SheetLine[]): void {
  useSheets.setState(({ lines }) => ({ lines: { ...lines, [mode]: change(lines[mode]) } }));
}

/** Puts a good on the sheet; one that is there already keeps what was typed. */
export function addGood(mode: Mode, good: Omit<SheetLine, "typed">): void {
  setLines(mode, (lines) =>
    lines.some(({ sku }) => sku === good.sku)
      ? [...lines]
      : [...lines, { sku: good.sku, name: good.name, unit: good.unit, typed: "" }],
  );
}

export function typeQuantity(mode: Mode, sku: string, typed: string): void {
  setLines(mode, (lines) => lines.map((line) => (line.sku === sku ? { ...line, typed } : line)));
}

/** Saved: the sheet is clean again. */
export function clearSheet(mode: Mode): void {
  setLines(mode, () => []);
  useSheets.setState({ note: "" });
}
