import type { Database } from "better-sqlite3";
import type { ExceptionDetails, SaleRecall } from "../../../domain/exceptions/exception-details.ts";
import type { FactEffect } from "../fact-effect.ts";
import type { EditPlace } from "./edit-products.ts";
import type { Exceptions } from "./exceptions.ts";

type Recalled = Extract<FactEffect, { readonly kind: "recalled" }>;

export const recalledSalesMigration = `
  CREATE TABLE recalled_sale (
    store_no INTEGER NOT NULL REFERENCES store,
    suspension TEXT NOT NULL,
    fact_id TEXT NOT NULL,
    recall TEXT NOT NULL,
    PRIMARY KEY (store_no, suspension, fact_id)
  ) STRICT, WITHOUT ROWID;
`;

/** [H4] A suspended sale that was taken back a second time may have been paid twice: a person is told. */
export function createRecalledSales(db: Database, exceptions: Exceptions) {
  const add = db.prepare("INSERT INTO recalled_sale VALUES (?, ?, ?, ?)");
  const all = db
    .prepare<[number, string], string>(
      "SELECT recall FROM recalled_sale WHERE store_no = ? AND suspension = ? ORDER BY fact_id",
    )
    .pluck();

  return (place: EditPlace, { suspension, factId, terminalId, atMs, actorId }: Recalled): void => {
    const { storeId, storeNo, feed } = place;
    const recall: SaleRecall = { terminalId, atMs, ...(actorId && { by: actorId }) };
    add.run(storeNo, suspension, factId, JSON.stringify(recall));
    const recalls = all.all(storeNo, suspension).map((text) => JSON.parse(text) as SaleRecall);
    if (recalls.length < 2) return;
    const detail: ExceptionDetails["recalled-twice"] = { suspension, recalls };
    exceptions.raiseInto(feed, {
      ...{ storeId, kind: "recalled-twice", subject: suspension, atMs: place.atMs },
      detail: JSON.stringify(detail),
    });
  };
}
