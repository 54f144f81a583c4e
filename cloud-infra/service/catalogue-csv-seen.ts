import type { Columns } from "./catalogue-csv-columns.ts";
import type { CatalogueCsvProduct, CellProblem } from "./catalogue-csv-row.ts";

/** The codes of the goods read so far, each with its row. */
export class SeenCodes {
  readonly #skus = new Map<string, number>();
  readonly #plus = new Map<string, number>();
  /** A GTIN is a safe integer, and as one takes half the memory of its text. */
  readonly #gtins = new Map<number, number>();

  /** Remembers the good's codes, or tells which of them another row has already. */
  add(product: CatalogueCsvProduct, row: number, columns: Columns): CellProblem | null {
    const { sku, plu, gtins } = product;
    const barcodeColumn = columns.gtins[0]?.title ?? columns.name.title;
    for (const gtin of gtins) {
      const first = this.#gtins.get(Number(gtin));
      if (first !== undefined) return taken(barcodeColumn, gtin.replace(/^0/, ""), first);
    }
    const sameSku = this.#skus.get(sku);
    if (sameSku !== undefined) {
      return taken(columns.sku?.title ?? columns.plu?.title ?? barcodeColumn, sku, sameSku);
    }
    const samePlu = plu === undefined ? undefined : this.#plus.get(plu);
    if (plu !== undefined && samePlu !== undefined) {
      return taken(columns.plu?.title ?? barcodeColumn, plu, samePlu);
    }
    for (const gtin of gtins) this.#gtins.set(Number(gtin), row);
    this.#skus.set(sku, row);
    if (plu !== undefined) this.#plus.set(plu, row);
    return null;
  }
}

function taken(column: string, value: string, firstRow: number): CellProblem {
  const why =
    `'${value}' is the code of row ${firstRow} already: ` +
    "keep one of the two rows, or give this good its own code";
  return { column, value, why };
}
