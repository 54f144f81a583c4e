import { largestTotalMinor } from "../../../domain/sale/cart.ts";
import type { SalesLine } from "./sales-row.ts";

/** The most pieces of one line of the receipt, which takes up equal lines that follow each other. */
const mostPieces = 999_999;
/** A receipt's largest total may have to hold the tax as well. */
const largestInvoiceMinor = Math.floor(largestTotalMinor / 2);

export interface FittingLines {
  readonly fitting: readonly SalesLine[];
  readonly refused: readonly { readonly line: SalesLine; readonly why: string }[];
}

/** Which lines of an invoice a receipt can hold; the same ones whenever the file is read. */
export function fittingLines(lines: readonly SalesLine[]): FittingLines {
  const fitting: SalesLine[] = [];
  const refused: { line: SalesLine; why: string }[] = [];
  let totalMinor = 0;
  let pieces = 0;
  for (const line of lines) {
    const amountMinor = line.quantity * line.unitPriceMinor;
    const last = fitting.at(-1);
    const isMore = last?.code === line.code && last.unitPriceMinor === line.unitPriceMinor;
    const piecesNow = Math.abs(line.quantity) + (isMore ? pieces : 0);
    if (Math.abs(totalMinor + amountMinor) > largestInvoiceMinor) {
      refused.push({ line, why: "the amount is more than a receipt holds" });
    } else if (piecesNow > mostPieces) {
      refused.push({ line, why: `the line comes to more than ${mostPieces} pieces` });
    } else {
      fitting.push(line);
      totalMinor += amountMinor;
      pieces = piecesNow;
    }
  }
  return { fitting, refused };
}
