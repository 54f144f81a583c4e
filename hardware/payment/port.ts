import type { Uuid } from "../../domain/values/id.ts";

/**
 * A card terminal as the till sees it. Card numbers never come here: the terminal masks them itself.
 * `requestId` is the till's own, kept in the ledger before the call; the same id is the same payment.
 */
export interface PaymentTerminal {
  /**
   * Charges `amountMinor` (> 0). Waits for the customer, up to minutes. Never rejects: a lost answer
   * is asked for by `status` inside, and `unknown` is only said when that was not answered either.
   */
  pay(request: PaymentRequest): Promise<PaymentOutcome>;
  /** What became of a payment; `not-found`: the terminal never heard of it, so nothing was charged. */
  status(requestId: Uuid): Promise<PaymentOutcome | { readonly kind: "not-found" }>;
  /** Asks the terminal to give up; the outcome of `pay` says whether it did. */
  abort(requestId: Uuid): Promise<void>;
  /** Gives an approved payment back in full. */
  reverse(requestId: Uuid): Promise<{ readonly kind: "reversed" | "unknown" }>;
  state(): PaymentTerminalState;
  onState(listener: (state: PaymentTerminalState) => void): () => void;
  close(): Promise<void>;
}

export type PaymentTerminalState = "ready" | "busy" | "unreachable";

export interface PaymentRequest {
  readonly requestId: Uuid;
  readonly amountMinor: number;
  /** ISO 4217. */
  readonly currency: string;
}

export type PaymentOutcome =
  | {
      readonly kind: "approved";
      readonly terminalReference: string;
      /** For the receipt, e.g. "VISA ****1111". */
      readonly label: string;
    }
  /** Certainly not charged. */
  | { readonly kind: "refused"; readonly why: "declined" | "aborted" | "busy" | "unreachable" }
  /** Still at the terminal, or nobody answers: may be charged. Ask `status` again. */
  | { readonly kind: "unknown" };
