import type { PerpetualTotals } from "../../domain/shift/z-report.ts";
import { ledgerProblemOf } from "../../ledger/problem.ts";
import type { Till } from "./till.ts";

type Numbered = Pick<Till, "ledger" | "terminal">;

/**
 * [R1] Receipt numbers that this till has given, as far as anybody here knows. After an older copy of
 * the ledger was put back, the store (by its feed) or the file beside the ledger knows of numbers that
 * the journal has lost. The next ones come after them.
 */
export function receiptsUsed({ ledger, terminal }: Numbered): number {
  return Math.max(
    ledger.shifts.perpetual().receipts,
    ledger.receipts.highestNumber(terminal.tillNumber),
    ledger.settings.get("numbers-used")?.receipts ?? 0,
  );
}

/** [R1] The same of Z reports. */
export function zReportsUsed({ ledger, terminal }: Numbered): number {
  return Math.max(
    ledger.shifts.perpetual().zReports,
    ledger.shifts.highestZ(terminal.terminalId),
    ledger.settings.get("numbers-used")?.zReports ?? 0,
  );
}

/** [R1] What never resets, with the receipts that the journal has lost and the store knows of. */
export function perpetualTotals({ ledger, terminal }: Numbered): PerpetualTotals {
  const { zReports: _, ...own } = ledger.shifts.perpetual();
  if (!ledger.sync.hasChainOf(terminal.terminalId)) return own;
  const lost = ledger.receipts.lostOwn(terminal.tillNumber);
  return {
    receipts: own.receipts + lost.receipts,
    grandTotalMinor: own.grandTotalMinor + lost.salesMinor,
    returnsTotalMinor: own.returnsTotalMinor + lost.returnsMinor,
  };
}

/** [R1] At the opening: a ledger that is behind the file beside it was put back. */
export function noticePutBack(till: Pick<Till, "ledger" | "terminal" | "world">): void {
  const { ledger, world } = till;
  const mark = ledger.highWater.read();
  const { epoch, seq } = ledger.journal.head();
  if (mark === null || mark.epoch < epoch) return;
  if (mark.epoch === epoch && mark.seq <= seq) return;
  world.log.warn("ledger.put-back", { epoch, seq, wasEpoch: mark.epoch, wasSeq: mark.seq });
  const receipts = Math.max(receiptsUsed(till), mark.receipts);
  const zReports = Math.max(zReportsUsed(till), mark.zReports);
  ledger.write(() => ledger.settings.set("numbers-used", { receipts, zReports }));
}

/** [R1] For the next opening. Nothing hangs on it today: a ledger that cannot be read is told of elsewhere. */
export function noteHighWater(till: Numbered): void {
  if (!till.ledger.database.open) return;
  try {
    const { epoch, seq } = till.ledger.journal.head();
    const used = { receipts: receiptsUsed(till), zReports: zReportsUsed(till) };
    till.ledger.highWater.note({ epoch, seq, ...used });
  } catch (error) {
    if (ledgerProblemOf(error) === null) throw error;
  }
}
