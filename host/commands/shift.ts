import { failed, ok } from "../../domain/values/result.ts";
import { localTime } from "../../domain/values/time.ts";
import type { ZReport } from "../../domain/shift/z-report.ts";
import type { ShiftRow } from "../../ledger/tables/shifts.ts";
import { perpetualTotals, zReportsUsed } from "../state/numbers-used.ts";
import { nameOf, newId, record, signedIn, type Till } from "../state/till.ts";
import { registerView } from "../views/register-view.ts";
import { type Command, saleIsOpen, sellingShift } from "./command.ts";
import { completePaidSale } from "./tender.ts";

/** Opens a shift with the float that lies in the drawer. The business date is fixed here. */
export const openShift: Command<"shift.open"> = (till, { floatMinor }) => {
  if (signedIn(till) === null) return failed({ type: "NotSignedIn" });
  if (till.shift !== null) return failed({ type: "ShiftAlreadyOpen" });
  const atMs = till.world.clock.now();
  const businessDate = localTime(atMs, till.store.timeZone).date;
  till.shift = {
    shiftId: newId(till),
    terminalId: till.terminal.terminalId,
    tillNumber: till.terminal.tillNumber,
    businessDate,
    openedAtMs: atMs,
    openedBy: till.session?.personId ?? "",
    floatMinor,
    counted: null,
    z: null,
  };
  record(till, "shift.opened", { businessDate, floatMinor }, { atMs });
  beginPrices(till, businessDate);
  completePaidSale(till);
  till.revision++;
  return ok(registerView(till));
};

/** [C3] Prices that begin on this business date begin now. */
function beginPrices({ ledger }: Till, businessDate: string): void {
  ledger.pendingPrices.begin(businessDate);
  ledger.settings.set("prices-of", businessDate);
}

/** A blind count: it is a fact before the counter learns what was expected. */
export const countShift: Command<"shift.count"> = (till, { countedMinor, denominations }) => {
  const selling = sellingShift(till);
  if (!selling.ok) return selling;
  if (saleIsOpen(till)) return failed({ type: "SaleIsOpen" });
  const expectedMinor = expectedCash(till, selling.value);
  record(till, "shift.counted", { countedMinor, expectedMinor, denominations });
  till.shift = { ...selling.value, counted: { countedMinor, expectedMinor } };
  till.revision++;
  return ok({ countedMinor, expectedMinor, varianceMinor: countedMinor - expectedMinor });
};

/** Closes the shift with one stored document, made from running totals; it waits for nobody. */
export const closeShift: Command<"shift.close"> = (till, { reason }) => {
  const selling = sellingShift(till);
  if (!selling.ok) return selling;
  if (saleIsOpen(till)) return failed({ type: "SaleIsOpen" });
  const shift = selling.value;
  const { counted } = shift;
  // Money that moved after the count makes the count a guess: count again.
  if (counted === null || counted.expectedMinor !== expectedCash(till, shift)) {
    return failed({ type: "NotCounted" });
  }
  if (counted.countedMinor !== counted.expectedMinor && reason === undefined) {
    return failed({ type: "ReasonNeeded" });
  }
  const z = { ...zReport(till, shift, counted), ...(reason === undefined ? {} : { reason }) };
  record(till, "shift.closed", { z, ...(reason === undefined ? {} : { reason }) });
  till.ledger.printJobs.add({
    jobId: newId(till),
    content: { kind: "z-report", shiftId: shift.shiftId, copy: 0 },
    title: `Z ${z.zNumber}`,
    createdAtMs: z.closedAtMs,
  });
  till.shift = null;
  till.lastSale = null;
  till.revision++;
  till.loops.wakePrinting();
  return ok(z);
};

/** Prints the stored Z of any closed shift again, marked COPY n: the same paper, and a fact that it was. */
export const reprintShift: Command<"shift.reprint"> = (till, { shiftId }) => {
  if (signedIn(till) === null) return failed({ type: "NotSignedIn" });
  const z = till.ledger.shifts.get(shiftId)?.z ?? null;
  if (z === null) return failed({ type: "UnknownShift" });
  const copy = till.ledger.printJobs.copiesOfZ(shiftId) + 1;
  record(till, "z.reprinted", { shiftId, zNumber: z.zNumber, copy });
  till.ledger.printJobs.add({
    jobId: newId(till),
    content: { kind: "z-report", shiftId, copy },
    title: `Z ${z.zNumber}`,
    createdAtMs: till.world.clock.now(),
  });
  till.loops.wakePrinting();
  return ok({ copy });
};

function expectedCash(till: Till, shift: ShiftRow): number {
  return shift.floatMinor + till.ledger.shifts.totals(shift.shiftId).cashMinor;
}

function zReport(
  till: Till,
  shift: ShiftRow,
  counted: { readonly countedMinor: number; readonly expectedMinor: number },
): ZReport {
  const { firstReceiptNumber, lastReceiptNumber, ...totals } = till.ledger.shifts.totals(
    shift.shiftId,
  );
  const { currency } = till.store.pricing;
  return {
    zNumber: zReportsUsed(till) + 1,
    shiftId: shift.shiftId,
    businessDate: shift.businessDate,
    currency,
    openedAtMs: shift.openedAtMs,
    closedAtMs: till.world.clock.now(),
    openedBy: nameOf(till, shift.openedBy),
    closedBy: nameOf(till, till.session?.personId),
    firstReceiptNumber,
    lastReceiptNumber,
    floatMinor: shift.floatMinor,
    ...counted,
    varianceMinor: counted.countedMinor - counted.expectedMinor,
    totals,
    perpetual: perpetualTotals(till),
  };
}
