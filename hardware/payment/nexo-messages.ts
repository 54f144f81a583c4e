import { z } from "zod";
import { assert } from "../../domain/values/assert.ts";
import type { Uuid } from "../../domain/values/id.ts";

/**
 * The part of nexo Retailer (Sale to POI, protocol 3.0, JSON) that a till needs: Payment, Reversal,
 * TransactionStatus, Abort, Diagnosis. Members that are not named here are let through unread.
 */
export const protocolVersion = "3.0";

/**
 * The ServiceID of a request: at most 10 letters and digits, the same for the same request. Made of
 * the 48 random bits at the end of its UUIDv7; the whole id travels as the SaleTransactionID.
 */
export function serviceIdOf(requestId: Uuid): string {
  const tail = requestId.slice(-12);
  assert(/^[0-9a-f]{12}$/.test(tail), "a request id is a UUID in lower case");
  return BigInt(`0x${tail}`).toString(36).padStart(10, "0").slice(-10);
}

const headerSchema = z.looseObject({
  MessageClass: z.enum(["Service", "Device"]),
  MessageCategory: z.enum(["Payment", "Reversal", "TransactionStatus", "Abort", "Diagnosis"]),
  MessageType: z.enum(["Request", "Response"]),
  ServiceID: z.string().min(1).max(10),
  SaleID: z.string().min(1).max(100),
  POIID: z.string().min(1).max(100),
  ProtocolVersion: z.string(),
});
export type MessageHeader = z.infer<typeof headerSchema>;
export type MessageCategory = MessageHeader["MessageCategory"];

const responseSchema = z.looseObject({
  Result: z.enum(["Success", "Failure", "Partial"]),
  ErrorCondition: z.string().optional(),
  AdditionalResponse: z.string().optional(),
});

const transactionIdSchema = z.looseObject({ TransactionID: z.string(), TimeStamp: z.string() });
const amountsSchema = z.looseObject({
  Currency: z.string().length(3),
  RequestedAmount: z.number(),
});
const referenceSchema = z.looseObject({
  MessageCategory: z.string(),
  SaleID: z.string(),
  ServiceID: z.string(),
});

const paymentResponseSchema = z.looseObject({
  Response: responseSchema,
  POIData: z.looseObject({ POITransactionID: transactionIdSchema }).optional(),
  PaymentResult: z
    .looseObject({
      PaymentInstrumentData: z
        .looseObject({
          CardData: z
            .looseObject({
              PaymentBrand: z.string().optional(),
              MaskedPan: z.string().optional(),
            })
            .optional(),
        })
        .optional(),
      AmountsResp: z
        .looseObject({ Currency: z.string().optional(), AuthorizedAmount: z.number() })
        .optional(),
    })
    .optional(),
});
export type PaymentResponse = z.infer<typeof paymentResponseSchema>;

const reversalResponseSchema = z.looseObject({
  Response: responseSchema,
  POIData: z.looseObject({ POITransactionID: transactionIdSchema }).optional(),
});

const repeatedSchema = z.looseObject({
  MessageHeader: headerSchema,
  RepeatedResponseMessageBody: z.looseObject({
    PaymentResponse: paymentResponseSchema.optional(),
    ReversalResponse: reversalResponseSchema.optional(),
  }),
});

/** What a terminal answers. */
export const answerSchema = z.looseObject({
  SaleToPOIResponse: z.looseObject({
    MessageHeader: headerSchema,
    PaymentResponse: paymentResponseSchema.optional(),
    ReversalResponse: reversalResponseSchema.optional(),
    TransactionStatusResponse: z
      .looseObject({ Response: responseSchema, RepeatedMessageResponse: repeatedSchema.optional() })
      .optional(),
    DiagnosisResponse: z.looseObject({ Response: responseSchema }).optional(),
  }),
});
export type Answer = z.infer<typeof answerSchema>;

/** What a till asks. */
export const questionSchema = z.looseObject({
  SaleToPOIRequest: z.looseObject({
    MessageHeader: headerSchema,
    PaymentRequest: z
      .looseObject({
        SaleData: z.looseObject({ SaleTransactionID: transactionIdSchema }),
        PaymentTransaction: z.looseObject({ AmountsReq: amountsSchema }),
      })
      .optional(),
    ReversalRequest: z
      .looseObject({
        OriginalPOITransaction: z.looseObject({ POITransactionID: transactionIdSchema }),
        ReversalReason: z.string(),
      })
      .optional(),
    TransactionStatusRequest: z.looseObject({ MessageReference: referenceSchema }).optional(),
    AbortRequest: z.looseObject({ MessageReference: referenceSchema }).optional(),
    DiagnosisRequest: z.looseObject({}).optional(),
  }),
});
export type Question = z.infer<typeof questionSchema>;
