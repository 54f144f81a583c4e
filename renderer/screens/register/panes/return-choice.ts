import type { ReceiptLineView } from "../../../../host/contract/views.ts";

/** What comes back: thousandths by line number. Lines that do not come back are not in it. */
export type ReturnChoice = ReadonlyMap<number, number>;

export const nothingChosen: ReturnChoice = new Map();

/** Everything that can still come back. */
export function chooseAll(lines: readonly ReceiptLineView[]): ReturnChoice {
  return new Map(
    lines
      .filter((line) => line.returnableMilli > 0)
      .map((line) => [line.lineNo, line.returnableMilli]),
  );
}

/** Sets one line, within nothing and what can still come back. */
export function chooseLine(
  choice: ReturnChoice,
  line: ReceiptLineView,
  quantityMilli: number,
): ReturnChoice {
  const within = Math.min(Math.max(quantityMilli, 0), line.returnableMilli);
  const changed = new Map(choice);
  if (within === 0) changed.delete(line.lineNo);
  else changed.set(line.lineNo, within);
  return changed;
}

/** What one press of plus or minus means: a piece, or 100 g of a weighed good. */
export function stepOf(line: Pick<ReceiptLineView, "unit">): number {
  return line.unit === "kg" ? 100 : 1000;
}
