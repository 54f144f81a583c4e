import type { TaxAmount } from "../pricing/price-cart.ts";
import type { Uuid } from "../values/id.ts";

/**
 * A settled sale or return exactly as the customer's receipt says it. Nobody recomputes it later:
 * prices, tax and tenders are the facts of that moment. Amounts in minor units of `currency`;
 * quantities in thousandths of the unit. What the customer pays is positive, what is given back negative.
 */
export interface CompletedSale {
  readonly saleId: Uuid;
  /** Printed form, e.g. "2-004711": till number, gap-free count. Never reused. */
  readonly receiptNumber: string;
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly SaleLine[];
  /** What the customer owes: gross, tax included; negative when money goes back. */
  readonly totalMinor: number;
  readonly netMinor: number;
  readonly taxes: readonly TaxAmount[];
  readonly tenders: readonly SettledTender[];
  /** Cash handed back, ≥ 0. `sum(tenders) − change = total`. */
  readonly changeMinor: number;
}

export interface SaleLine {
  readonly lineNo: number;
  /** Null for an open item (postage, a manual amount). Only goods with a SKU move stock. */
  readonly sku: string | null;
  readonly name: string;
  readonly gtin?: string | undefined;
  /** Thousandths; negative for goods that come back. */
  readonly quantityMilli: number;
  readonly unit: "each" | "kg";
  readonly unitPriceMinor: number;
  /** Quantity × unit price, rounded once; what the customer sees on the line. */
  readonly amountMinor: number;
  readonly taxCategory: string;
  readonly taxRatePpm: number;
  /** Present on a returned line that came from a receipt. */
  readonly returnOf?: ReturnedFrom | undefined;
  readonly returnReason?: string | undefined;
  /** [C5] The gift card that this line's amount was loaded on; such a line is no good. */
  readonly giftCard?: string | undefined;
}

export interface ReturnedFrom {
  readonly saleId: Uuid;
  readonly receiptNumber: string;
  readonly lineNo: number;
  /** [C4] What was sold on that line: whoever adds up the returns need not find the sale. */
  readonly soldMilli?: number | undefined;
}

export type TenderKind = "cash" | "card" | "gift-card";

export interface SettledTender {
  readonly kind: TenderKind;
  /** Positive when taken from the customer, negative when given back as a refund. */
  readonly amountMinor: number;
  /** The payment terminal's reference and printable text. Never a card number. */
  readonly card?: CardApproval | undefined;
  /** [C5] The gift card that paid. */
  readonly giftCard?: string | undefined;
}

export interface CardApproval {
  readonly requestId: Uuid;
  readonly terminalReference: string;
  /** e.g. "VISA ****1111": masked by the payment terminal itself. */
  readonly label: string;
}
