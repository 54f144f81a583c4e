import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { decimalAmount, minorAmount } from "../payment/amount.ts";
import {
  type MessageHeader,
  type PaymentResponse,
  type Question,
  questionSchema,
} from "../payment/nexo-messages.ts";
import type { CardRecord } from "./card-records.ts";
import type { CardTerminal } from "./card-terminal.ts";
import { closeServer, isFromHere, listenOnLoopback, readJson } from "./loopback.ts";

export interface NexoServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

type Asked = Question["SaleToPOIRequest"];
type Body = Readonly<Record<string, unknown>>;

/** The virtual terminal's own address: nexo's JSON by POST on any path, on loopback. */
export async function startNexoServer(terminal: CardTerminal, port: number): Promise<NexoServer> {
  const server = createServer((request, response) => {
    handle(terminal, request, response).catch(() => response.destroy());
  });
  // A customer may take minutes.
  server.requestTimeout = 0;
  const listening = await listenOnLoopback(server, port);
  return {
    port: listening,
    url: `http://127.0.0.1:${listening}/nexo`,
    close: () => closeServer(server),
  };
}

async function handle(
  terminal: CardTerminal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST" || !isFromHere(request)) return refuse(response, 403);
  const parsed = questionSchema.safeParse(await readJson(request));
  if (!parsed.success) return refuse(response, 400);
  const asked = parsed.data.SaleToPOIRequest;
  const fault = asked.PaymentRequest ? terminal.settings.nextFault : "none";
  if (fault !== "none") terminal.set({ nextFault: "none" });
  if (fault === "lose-request") {
    response.destroy();
    return;
  }
  const body = await answer(terminal, asked);
  if (fault === "no-answer") return;
  if (fault === "lose-answer") {
    response.destroy();
    return;
  }
  const MessageHeader = { ...asked.MessageHeader, MessageType: "Response" };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ SaleToPOIResponse: { MessageHeader, ...body } }));
}

function refuse(response: ServerResponse, code: number): void {
  response.writeHead(code).end();
}

async function answer(terminal: CardTerminal, asked: Asked): Promise<Body> {
  const { MessageHeader: header } = asked;
  if (asked.PaymentRequest) {
    const { Currency, RequestedAmount } = asked.PaymentRequest.PaymentTransaction.AmountsReq;
    const amountMinor = minorAmount(RequestedAmount, Currency);
    if (amountMinor === null || amountMinor <= 0) {
      return { PaymentResponse: { Response: failure("NotAllowed") } };
    }
    const paid = terminal.pay({ key: keyOf(header), amountMinor, currency: Currency });
    if (paid === "busy") return { PaymentResponse: { Response: failure("Busy") } };
    return { PaymentResponse: paymentResponse(await paid) };
  }
  if (asked.ReversalRequest) {
    const { TransactionID } = asked.ReversalRequest.OriginalPOITransaction.POITransactionID;
    return { ReversalResponse: reversalResponse(terminal.reverse(keyOf(header), TransactionID)) };
  }
  if (asked.TransactionStatusRequest) {
    const { SaleID, ServiceID } = asked.TransactionStatusRequest.MessageReference;
    const record = terminal.records.get(keyOf({ SaleID, ServiceID }));
    return { TransactionStatusResponse: statusResponse(record, header) };
  }
  if (asked.AbortRequest) {
    const { SaleID, ServiceID } = asked.AbortRequest.MessageReference;
    terminal.abort(keyOf({ SaleID, ServiceID }));
    return {};
  }
  return { DiagnosisResponse: { Response: { Result: "Success" } } };
}

function keyOf({ SaleID, ServiceID }: Pick<MessageHeader, "SaleID" | "ServiceID">): string {
  return `${SaleID}/${ServiceID}`;
}

function failure(condition: string): PaymentResponse["Response"] {
  return { Result: "Failure", ErrorCondition: condition };
}

function transactionId(record: CardRecord) {
  const TimeStamp = new Date(record.atMs).toISOString();
  return { POITransactionID: { TransactionID: record.terminalReference, TimeStamp } };
}

function paymentResponse(record: CardRecord): PaymentResponse {
  const { currency, amountMinor, brand, maskedPan } = record;
  if (record.state === "refused" || record.state === "waiting") {
    return { Response: failure(record.condition ?? "InProgress") };
  }
  return {
    Response: { Result: "Success" },
    POIData: transactionId(record),
    PaymentResult: {
      PaymentInstrumentData: {
        PaymentInstrumentType: "Card",
        CardData: { PaymentBrand: brand, MaskedPan: maskedPan },
      },
      AmountsResp: {
        Currency: currency,
        AuthorizedAmount: decimalAmount(amountMinor, currency),
      },
    },
  };
}

function reversalResponse(record: CardRecord | null): Body {
  if (record === null) return { Response: failure("NotFound") };
  if (record.state === "refused") return { Response: failure(record.condition ?? "NotAllowed") };
  return { Response: { Result: "Success" }, POIData: transactionId(record) };
}

function statusResponse(record: CardRecord | null, header: MessageHeader): Body {
  if (record === null) return { Response: failure("NotFound") };
  if (record.state === "waiting") return { Response: failure("InProgress") };
  const repeated =
    record.kind === "payment"
      ? { PaymentResponse: paymentResponse(record) }
      : { ReversalResponse: reversalResponse(record) };
  return {
    Response: { Result: "Success" },
    RepeatedMessageResponse: {
      MessageHeader: { ...header, MessageType: "Response" },
      RepeatedResponseMessageBody: repeated,
    },
  };
}
