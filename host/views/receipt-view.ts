import type { ReceiptFact, StoredReceipt } from "../../ledger/tables/receipts.ts";
import type { ReceiptSummaryView, ReceiptView } from "../contract/views.ts";
import { nameOf, type Till } from "../state/till.ts";

export function receiptView(
  till: Till,
  { fact, copies, returnedMilli }: StoredReceipt,
): ReceiptView {
  const sale = fact.payload;
  return {
    ...headOf(till, fact),
    currency: sale.currency,
    lines: sale.lines.map((line) => ({
      lineNo: line.lineNo,
      sku: line.sku,
      name: line.name,
      quantityMilli: line.quantityMilli,
      unit: line.unit,
      unitPriceMinor: line.unitPriceMinor,
      amountMinor: line.amountMinor,
      returnableMilli: Math.max(0, line.quantityMilli - (returnedMilli.get(line.lineNo) ?? 0)),
    })),
    netMinor: sale.netMinor,
    taxes: sale.taxes,
    tenders: sale.tenders,
    changeMinor: sale.changeMinor,
    copies,
  };
}

export function receiptSummaryView(till: Till, { fact }: StoredReceipt): ReceiptSummaryView {
  return { ...headOf(till, fact), lines: fact.payload.lines.length };
}

function headOf(till: Till, fact: ReceiptFact) {
  const { saleId, receiptNumber, totalMinor } = fact.payload;
  return {
    saleId,
    receiptNumber,
    kind: fact.type === "return.completed" ? ("return" as const) : ("sale" as const),
    tillNumber: tillNumberOf(receiptNumber),
    atMs: fact.atMs,
    businessDate: fact.businessDate ?? "",
    by: nameOf(till, fact.actorId),
    totalMinor,
  };
}

/** The till that made a receipt: its number's first part. */
export function tillNumberOf(receiptNumber: string): number {
  return Number(receiptNumber.slice(0, receiptNumber.indexOf("-")));
}
