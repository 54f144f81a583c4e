import { create } from "zustand";

interface EntryState {
  /** What is being typed: a name to search, a code, or a quantity. */
  readonly text: string;
  /**
   * The quantity of the next goods, given before they are scanned; null: one, or as the label says.
   */
  readonly quantityMilli: number | null;
}

/** What the cashier has typed and not yet used. */
export const useEntry = create<EntryState>(() => ({ text: "", quantityMilli: null }));

/**
 * Thousandths from what a person typed ("6", "0.846", "0,5"), or null when it is no quantity
 * between 0.001 and 9,999.
 */
export function quantityOf(text: string): number | null {
  const match = /^(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (match === null) return null;
  const milli = Number(match[1]) * 1000 + Number((match[2] ?? "").padEnd(3, "0"));
  return milli >= 1 && milli <= 9_999_000 ? milli : null;
}
