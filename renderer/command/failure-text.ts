import type { TFunction } from "i18next";
import { unreachable } from "../../domain/values/assert.ts";
import type { Failure, OperationName } from "../../host/contract/operations.ts";
import type { Formats } from "../formatting/use-formats.ts";

/**
 * What the screen itself has to say: a scanner's keys came with a person's in between. Nothing was
 * sold by it.
 */
export interface ScanUnread {
  readonly type: "ScanUnread";
  readonly code: string;
}

/**
 * Every expected failure of the contract: a new one does not compile until it has its words below.
 */
export type AnyFailure = Failure<OperationName> | ScanUnread;

/** What the screen says of a failure. */
export interface FailureText {
  readonly happened: string;
  readonly todo: string;
}

/** What happened and what to do about it, in the screen's language. */
export function failureText(failure: AnyFailure, t: TFunction, formats: Formats): FailureText {
  const words = (key: string, values: Record<string, string | number> = {}): FailureText => ({
    happened: t(`failures:${key}.happened` as never, values) as string,
    todo: t(`failures:${key}.todo` as never, values) as string,
  });
  switch (failure.type) {
    case "LockedOut":
      return words(failure.type, { until: formats.time(failure.untilMs) });
    case "WrongPin":
      return words(failure.type, { count: failure.triesLeft });
    case "UnknownTaxCategory":
      return words(failure.type, { taxCategory: failure.taxCategory });
    case "ProductExists":
    case "UnknownProduct":
    case "WrongSign":
      return words(failure.type, { sku: failure.sku });
    case "ScanUnread":
    case "UnknownCode":
      return words(failure.type, { code: failure.code });
    case "BadBarcode":
      return words(`BadBarcode.${failure.why}`, { code: failure.code });
    case "ReceiptScanned":
      return words(failure.type, { receiptNumber: failure.receiptNumber });
    case "CodeTaken":
      return words(failure.type, { code: failure.code, name: failure.name });
    case "BalanceTooLow":
      return words(failure.type, { balance: formats.moneyText(failure.balanceMinor) });
    case "OfflineLimit":
      return words(failure.type, { left: formats.moneyText(failure.leftMinor) });
    case "ControlScanned":
      return words(failure.type, { key: failure.key });
    case "PriceNeeded":
      return words(failure.type, { name: failure.product.name });
    case "MoreThanSold":
      return words(failure.type, {
        lineNo: failure.lineNo,
        quantity: formats.quantity(failure.returnableMilli),
      });
    case "BadInput":
      return words(failure.type, { issues: failure.issues.join("; ") });
    case "Defect":
      return words(failure.type, { defectId: failure.defectId });
    case "LedgerStopped":
      return words(`LedgerStopped.${failure.problem}`);
    case "AlreadyResolved":
    case "AmountOutOfRange":
    case "AmountTooLarge":
    case "BadAccountNumber":
    case "CardPaymentUnderWay":
    case "CloudUnreachable":
    case "DateNotInFuture":
    case "EmptyCart":
    case "HostUnreachable":
    case "ManagerNeeded":
    case "MoreThanDue":
    case "NoCardPayment":
    case "NoShift":
    case "NoUntaxedCategory":
    case "NotAResolution":
    case "NotCounted":
    case "NotSignedIn":
    case "NothingScheduled":
    case "NothingToRefund":
    case "PaymentTerminalAbsent":
    case "QuantityOutOfRange":
    case "ReasonNeeded":
    case "SaleIsOpen":
    case "ShiftAlreadyOpen":
    case "TakenElsewhere":
    case "TendersTaken":
    case "UnknownAccount":
    case "UnknownCart":
    case "UnknownException":
    case "UnknownJob":
    case "UnknownLine":
    case "UnknownPerson":
    case "UnknownReceipt":
    case "UnknownShift":
    case "UnknownTender":
      return words(failure.type);
    default:
      return unreachable(failure);
  }
}
