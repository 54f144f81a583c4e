import type { SalesLine } from "./sales-row.ts";

/** What of a file stands in the ledger. Amounts in minor units of the store's currency. */
export interface Tally {
  /** Documents: sales and returns. */
  readonly invoices: number;
  /** Documents with at least one line that was sold. */
  readonly sales: number;
  /** Documents of returned lines only. */
  readonly returns: number;
  /** Rows of the file that were rung up. */
  readonly lines: number;
  /** Pieces of lines with a positive quantity. */
  readonly units: number;
  /** Pieces of lines with a negative quantity, ≤ 0. */
  readonly unitsReturned: number;
  /** Sum of the amounts of lines with a positive quantity. */
  readonly grossTotalMinor: number;
  /** Sum of the amounts of lines with a negative quantity, ≤ 0. */
  readonly returnsTotalMinor: number;
}

export function createTally() {
  const tally = {
    ...{ invoices: 0, sales: 0, returns: 0, lines: 0 },
    ...{ units: 0, unitsReturned: 0, grossTotalMinor: 0, returnsTotalMinor: 0 },
  };
  return {
    add(lines: readonly SalesLine[]): void {
      tally.invoices++;
      tally.lines += lines.length;
      if (lines.every(({ quantity }) => quantity < 0)) tally.returns++;
      else tally.sales++;
      for (const { quantity, unitPriceMinor } of lines) {
        if (quantity > 0) {
          tally.units += quantity;
          tally.grossTotalMinor += quantity * unitPriceMinor;
        } else {
          tally.unitsReturned += quantity;
          // Plus zero: a stock correction at price 0 is no minus nought.
          tally.returnsTotalMinor += quantity * unitPriceMinor + 0;
        }
      }
    },
    totals: (): Tally => ({ ...tally }),
  };
}
