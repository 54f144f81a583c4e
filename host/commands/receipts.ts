import { failed, ok } from "../../domain/values/result.ts";
import { newId, record, signedIn } from "../state/till.ts";
import { receiptSummaryView, receiptView } from "../views/receipt-view.ts";
import { registerView } from "../views/register-view.ts";
import { type Command, notSelling, type Query } from "./command.ts";
import { kickDrawer } from "./complete-sale.ts";

/** Prints a receipt again, marked COPY n; without an id, this till's last one. */
export const reprintReceipt: Command<"receipt.reprint"> = (till, { saleId }) => {
  if (signedIn(till) === null) return failed({ type: "NotSignedIn" });
  const { receipts } = till.ledger;
  const stored = saleId === undefined ? receipts.lastOwn() : receipts.bySaleId(saleId);
  if (stored === null) return failed({ type: "UnknownReceipt" });
  const { receiptNumber, saleId: id } = stored.fact.payload;
  const copy = stored.copies + 1;
  record(till, "receipt.reprinted", { saleId: id, receiptNumber, copy });
  till.ledger.printJobs.add({
    jobId: newId(till),
    content: { kind: "receipt", saleId: id, copy },
    title: receiptNumber,
    createdAtMs: till.world.clock.now(),
  });
  till.loops.wakePrinting();
  return ok({ copy });
};

/** Opens the drawer without a sale: possible, and never unseen. */
export const openDrawer: Command<"drawer.open"> = (till, { reason }) => {
  const problem = notSelling(till);
  if (problem !== null) return failed(problem);
  record(till, "drawer.no-sale", { reason });
  kickDrawer(till, till.world.clock.now());
  till.loops.wakePrinting();
  return ok(registerView(till));
};

export const listReceipts: Query<"receipt.list"> = (till, input) => {
  const { businessDate, text, totalMinor, limit, offset } = input;
  return ok(
    till.ledger.receipts
      .list({ businessDate, number: text, totalMinor, limit: limit ?? 100, offset: offset ?? 0 })
      .map((stored) => receiptSummaryView(till, stored)),
  );
};

export const getReceipt: Query<"receipt.get"> = (till, { saleId }) => {
  const stored = till.ledger.receipts.bySaleId(saleId);
  return stored === null ? failed({ type: "UnknownReceipt" }) : ok(receiptView(till, stored));
};
