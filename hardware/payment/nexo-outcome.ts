import type { Log } from "../../domain/values/ports.ts";
import { minorAmount } from "./amount.ts";
import type { PaymentResponse } from "./nexo-messages.ts";
import type { PaymentOutcome } from "./port.ts";

/**
 * What a terminal's answer to a payment means. Approved is only what was authorised in full; an answer
 * that makes no sense leaves the payment unknown, for a person to look at.
 */
export function outcomeOfPayment(
  response: PaymentResponse,
  asked: { readonly amountMinor: number; readonly currency: string } | null,
  log: Log,
): PaymentOutcome {
  const { Result, ErrorCondition } = response.Response;
  if (Result === "Failure") return refusal(ErrorCondition);
  const reference = response.POIData?.POITransactionID.TransactionID;
  const amounts = response.PaymentResult?.AmountsResp;
  const authorised = amounts?.AuthorizedAmount;
  const inFull =
    asked === null ||
    authorised === undefined ||
    minorAmount(authorised, asked.currency) === asked.amountMinor;
  if (Result === "Partial" || reference === undefined || !inFull) {
    log.error("payment.unintelligible", { result: Result, reference: reference ?? null });
    return { kind: "unknown" };
  }
  const card = response.PaymentResult?.PaymentInstrumentData?.CardData;
  return {
    kind: "approved",
    terminalReference: reference,
    label: maskedLabel(card?.PaymentBrand, card?.MaskedPan),
  };
}

function refusal(condition: string | undefined): PaymentOutcome {
  switch (condition) {
    case "Aborted":
    case "Cancel":
      return { kind: "refused", why: "aborted" };
    case "Busy":
      return { kind: "refused", why: "busy" };
    case "InProgress":
      return { kind: "unknown" };
    default:
      return { kind: "refused", why: "declined" };
  }
}

/**
 * "VISA ****1111". At most the last four digits leave this function, whatever the terminal sent: a
 * whole card number must not come near the ledger.
 */
export function maskedLabel(brand: string | undefined, maskedPan: string | undefined): string {
  const name = (brand ?? "")
    .replaceAll(/[^\p{L} .-]/gu, "")
    .trim()
    .slice(0, 20);
  const last = /(\d{1,4})\D*$/.exec(maskedPan ?? "")?.[1];
  return [name === "" ? "Card" : name, last === undefined ? "" : `****${last}`].join(" ").trim();
}
