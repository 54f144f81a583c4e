import type { Database } from "better-sqlite3";
import type {
  ExceptionDetails,
  ReceiptPlace,
} from "../../../domain/exceptions/exception-details.ts";
import type { FactEffect, ReturnedLine } from "../fact-effect.ts";
import type { EditPlace } from "./edit-products.ts";
import type { Exceptions } from "./exceptions.ts";

type Returned = Extract<FactEffect, { readonly kind: "returned" }>;

interface Row {
  readonly sold_milli: number | null;
  readonly returned_milli: number;
  readonly receipt: string;
}

/**
 * [C4] Adds up what came back of each line of a receipt, and raises `over-returned` where that is more
 * than was sold: two tills that did not know of each other's return. Both happened, and both stand.
 */
export function createReturnedLines(db: Database, exceptions: Exceptions) {
  const add = db.prepare<[number, string, number, string, number | null, number, string]>(
    `INSERT INTO returned_line VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (store_no, sale_id, line_no, fact_id)
     DO UPDATE SET returned_milli = returned_milli + excluded.returned_milli`,
  );
  const all = db.prepare<[number, string, number], Row>(
    `SELECT sold_milli, returned_milli, receipt FROM returned_line
     WHERE store_no = ? AND sale_id = ? AND line_no = ? ORDER BY fact_id`,
  );

  function judge({ storeId, storeNo, feed, atMs }: EditPlace, line: ReturnedLine): void {
    const { saleId, receiptNumber, lineNo } = line.from;
    const rows = all.all(storeNo, saleId, lineNo);
    const soldMilli = rows.find(({ sold_milli: sold }) => sold !== null)?.sold_milli ?? null;
    const returnedMilli = rows.reduce((sum, row) => sum + row.returned_milli, 0);
    // A till of before this field says nothing of what was sold: then there is nothing to compare.
    if (soldMilli === null || returnedMilli <= soldMilli) return;
    const { sku, name } = line;
    const detail: ExceptionDetails["over-returned"] = {
      ...{ saleId, receiptNumber, lineNo, sku, name, soldMilli, returnedMilli },
      returns: rows.map(({ receipt, returned_milli: quantityMilli }) => ({
        ...(JSON.parse(receipt) as ReceiptPlace),
        quantityMilli,
      })),
    };
    exceptions.raiseInto(feed, {
      ...{ storeId, kind: "over-returned", subject: `${saleId}/${lineNo}`, atMs },
      detail: JSON.stringify(detail),
    });
  }

  return (place: EditPlace, effect: Returned): void => {
    const { factId, terminalId, atMs, actorId, receipt, lines } = effect;
    const { saleId, number: receiptNumber } = receipt;
    const by = actorId === undefined ? {} : { by: actorId };
    const self: ReceiptPlace = { receiptNumber, saleId, terminalId, atMs, ...by };
    const text = JSON.stringify(self);
    const linesOf = new Map<string, ReturnedLine>();
    for (const line of lines) {
      const { saleId: from, lineNo, soldMilli } = line.from;
      add.run(place.storeNo, from, lineNo, factId, soldMilli ?? null, line.quantityMilli, text);
      linesOf.set(`${from}/${lineNo}`, line);
    }
    for (const line of linesOf.values()) judge(place, line);
  };
}
