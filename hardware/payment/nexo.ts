import type { Uuid } from "../../domain/values/id.ts";
import type { Clock, Log } from "../../domain/values/ports.ts";
import { decimalAmount } from "./amount.ts";
import {
  type Answer,
  answerSchema,
  type MessageCategory,
  protocolVersion,
  serviceIdOf,
} from "./nexo-messages.ts";
import { outcomeOfPayment } from "./nexo-outcome.ts";
import type {
  PaymentOutcome,
  PaymentRequest,
  PaymentTerminal,
  PaymentTerminalState,
} from "./port.ts";

export interface NexoTerminalOptions {
  /** The terminal's address, e.g. "http://127.0.0.1:8443/nexo". */
  readonly url: string;
  /** How this till calls itself, and how the terminal is called. */
  readonly saleId: string;
  readonly poiId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly patience?: Partial<NexoPatience>;
}

/** In milliseconds. */
export interface NexoPatience {
  /** For the customer at the terminal. */
  readonly payMs: number;
  /** For any other answer. */
  readonly answerMs: number;
  /** How long a lost payment is asked after before it is left as unknown. */
  readonly recoverMs: number;
  readonly pollMs: number;
  /** Between two looks whether the terminal is there. */
  readonly watchMs: number;
}

const usualPatience: NexoPatience = {
  payMs: 240_000,
  answerMs: 5_000,
  recoverMs: 30_000,
  pollMs: 1_000,
  watchMs: 20_000,
};

/** What became of one message: `not-sent` is certain, `lost` may have arrived. */
type Reply =
  | { readonly kind: "answer"; readonly answer: Answer["SaleToPOIResponse"] }
  | { readonly kind: "not-sent" }
  | { readonly kind: "lost" };

type Found =
  | PaymentOutcome
  | { readonly kind: "not-found" }
  | { readonly kind: "in-progress" }
  | { readonly kind: "silent" };

/** A card terminal that speaks nexo's JSON over HTTP. Watches at once whether it is there. */
export function createNexoTerminal(options: NexoTerminalOptions): PaymentTerminal {
  const terminal = new NexoTerminal(options);
  terminal.watch();
  return terminal;
}

class NexoTerminal implements PaymentTerminal {
  readonly #options: NexoTerminalOptions;
  readonly #patience: NexoPatience;
  readonly #listeners = new Set<(state: PaymentTerminalState) => void>();
  /** Ends requests and pauses when the till lets go. */
  readonly #closing = new AbortController();
  /** Payments that this till has at the terminal; the amounts are needed to understand the answers. */
  readonly #asked = new Map<Uuid, PaymentRequest>();
  #reachable = true;
  #state: PaymentTerminalState = "ready";
  #cancelWatch: () => void = () => undefined;

  constructor(options: NexoTerminalOptions) {
    this.#options = options;
    this.#patience = { ...usualPatience, ...options.patience };
  }

  state(): PaymentTerminalState {
    return this.#state;
  }

  onState(listener: (state: PaymentTerminalState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#cancelWatch();
    this.#closing.abort();
    this.#listeners.clear();
    return Promise.resolve();
  }

  async pay(request: PaymentRequest): Promise<PaymentOutcome> {
    const { requestId, amountMinor, currency } = request;
    this.#asked.set(requestId, request);
    this.#show();
    try {
      const reply = await this.#exchange("Payment", serviceIdOf(requestId), this.#patience.payMs, {
        PaymentRequest: {
          SaleData: { SaleTransactionID: this.#transactionId(requestId) },
          PaymentTransaction: {
            AmountsReq: {
              Currency: currency,
              RequestedAmount: decimalAmount(amountMinor, currency),
            },
          },
        },
      });
      if (reply.kind === "not-sent") return { kind: "refused", why: "unreachable" };
      const response = reply.kind === "answer" ? reply.answer.PaymentResponse : undefined;
      if (response === undefined) return await this.#recover(requestId);
      const outcome = outcomeOfPayment(response, request, this.#options.log);
      return outcome.kind === "unknown" ? await this.#recover(requestId) : outcome;
    } finally {
      this.#asked.delete(requestId);
      this.#show();
    }
  }

  async status(requestId: Uuid): Promise<PaymentOutcome | { readonly kind: "not-found" }> {
    const found = await this.#find(requestId);
    return found.kind === "in-progress" || found.kind === "silent" ? { kind: "unknown" } : found;
  }

  async abort(requestId: Uuid): Promise<void> {
    const reference = this.#reference(requestId);
    await this.#exchange("Abort", freshServiceId(requestId, "a"), this.#patience.answerMs, {
      AbortRequest: { AbortReason: "MerchantAbort", MessageReference: reference },
    });
  }

  async reverse(requestId: Uuid): Promise<{ readonly kind: "reversed" | "unknown" }> {
    const found = await this.#find(requestId);
    if (found.kind === "not-found" || found.kind === "refused") return { kind: "reversed" };
    if (found.kind !== "approved") return { kind: "unknown" };
    // The id is made of the payment's own, so that a second attempt is the same reversal.
    const serviceId = freshServiceId(requestId, "r");
    const reply = await this.#exchange("Reversal", serviceId, this.#patience.answerMs, {
      ReversalRequest: {
        ReversalReason: "MerchantCancel",
        OriginalPOITransaction: { POITransactionID: this.#transactionId(found.terminalReference) },
      },
    });
    const result = reply.kind === "answer" ? reply.answer.ReversalResponse?.Response : undefined;
    if (result !== undefined && result.Result !== "Success") {
      this.#options.log.error("payment.not-reversed", { condition: result.ErrorCondition ?? null });
    }
    return { kind: result?.Result === "Success" ? "reversed" : "unknown" };
  }

  /** Looks now and then whether the terminal is there. */
  watch(): void {
    void this.#exchange("Diagnosis", "watch", this.#patience.answerMs, {
      DiagnosisRequest: { HostDiagnosisFlag: false },
    }).then(() => {
      if (this.#closing.signal.aborted) return;
      const { clock } = this.#options;
      this.#cancelWatch = clock.after(this.#patience.watchMs, () => this.watch());
    });
  }

  /** [K2] After a lost answer nothing is sent but the question what became of the payment. */
  async #recover(requestId: Uuid): Promise<PaymentOutcome> {
    const { clock, log } = this.#options;
    const beganMs = clock.monotonicMs();
    log.warn("payment.answer-lost", { requestId });
    for (;;) {
      const found = await this.#find(requestId);
      const waitedMs = clock.monotonicMs() - beganMs;
      if (found.kind === "not-found") return { kind: "refused", why: "unreachable" };
      if (found.kind !== "in-progress" && found.kind !== "silent") return found;
      const limitMs = found.kind === "silent" ? this.#patience.recoverMs : this.#patience.payMs;
      if (waitedMs >= limitMs || this.#closing.signal.aborted) return { kind: "unknown" };
      await this.#pause(this.#patience.pollMs);
    }
  }

  async #find(requestId: Uuid): Promise<Found> {
    const serviceId = freshServiceId(requestId, "s");
    const reply = await this.#exchange("TransactionStatus", serviceId, this.#patience.answerMs, {
      TransactionStatusRequest: {
        MessageReference: this.#reference(requestId),
        ReceiptReprintFlag: false,
      },
    });
    const status = reply.kind === "answer" ? reply.answer.TransactionStatusResponse : undefined;
    if (status === undefined) return { kind: "silent" };
    const repeated = status.RepeatedMessageResponse?.RepeatedResponseMessageBody.PaymentResponse;
    if (status.Response.Result === "Success" && repeated) {
      return outcomeOfPayment(repeated, this.#asked.get(requestId) ?? null, this.#options.log);
    }
    if (status.Response.ErrorCondition === "NotFound") return { kind: "not-found" };
    if (status.Response.ErrorCondition === "InProgress") return { kind: "in-progress" };
    return { kind: "silent" };
  }

  async #exchange(
    category: MessageCategory,
    serviceId: string,
    limitMs: number,
    body: Readonly<Record<string, unknown>>,
  ): Promise<Reply> {
    const { url, saleId, poiId } = this.#options;
    const MessageHeader = {
      ProtocolVersion: protocolVersion,
      MessageClass: "Service",
      MessageCategory: category,
      MessageType: "Request",
      ServiceID: serviceId,
      SaleID: saleId,
      POIID: poiId,
    };
    const reply = await post(
      url,
      { SaleToPOIRequest: { MessageHeader, ...body } },
      AbortSignal.any([AbortSignal.timeout(limitMs), this.#closing.signal]),
    );
    this.#reachable = reply.kind === "answer" || (category === "Payment" && reply.kind === "lost");
    this.#show();
    return reply;
  }

  #transactionId(id: string) {
    const TimeStamp = new Date(this.#options.clock.now()).toISOString();
    return { TransactionID: id, TimeStamp };
  }

  #reference(requestId: Uuid) {
    const { saleId } = this.#options;
    const ServiceID = serviceIdOf(requestId);
    return { MessageCategory: "Payment", SaleID: saleId, ServiceID };
  }

  #pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { signal } = this.#closing;
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = this.#options.clock.after(delayMs, end);
    signal.addEventListener("abort", end);
    return promise;
  }

  #show(): void {
    const idle = this.#asked.size > 0 ? "busy" : "ready";
    const state = this.#reachable ? idle : "unreachable";
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** A ServiceID for a message about another: derived, so that it needs no memory, and not the same. */
function freshServiceId(requestId: Uuid, role: "a" | "r" | "s"): string {
  return role + serviceIdOf(requestId).slice(1);
}

/** Errors that come before the first byte of a request could have left. */
const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

async function post(url: string, message: unknown, signal: AbortSignal): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(message),
      signal,
    });
    const parsed = answerSchema.safeParse(await response.json());
    return parsed.success
      ? { kind: "answer", answer: parsed.data.SaleToPOIResponse }
      : { kind: "lost" };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    return { kind: beforeSending.has(code) ? "not-sent" : "lost" };
  }
}
