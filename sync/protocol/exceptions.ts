import { z } from "zod";
import type {
  AnyExceptionDetail,
  CodeClaim,
  ConflictingValue,
  ExceptionDetails,
  ReceiptPlace,
} from "../../domain/exceptions/exception-details.ts";
import { type ExceptionKind, isExceptionKind } from "../../domain/exceptions/exception-kinds.ts";
import { codeFields } from "../../domain/catalogue/product-code.ts";
import { editedFields } from "../../domain/catalogue/product-edit.ts";

const text = z.string();
const int = z.number().int();
const place = { terminalId: text, epoch: int, seq: int };

/**
 * An exception as a change of the feed. `kind` is open: a newer cloud may raise what this till has no
 * words for, and shows it all the same.
 */
export const exceptionSchema = z.object({
  exceptionId: text.min(1),
  kind: text.min(1),
  subject: text,
  /** JSON of the particulars, by kind: `exceptionDetailOf`. */
  detail: text,
  times: int.positive(),
  firstAtMs: int,
  lastAtMs: int,
  resolved: z.object({ by: text, atMs: int, resolution: text }).optional(),
});
export type WireException = z.infer<typeof exceptionSchema>;

const receiptPlace = z.object({
  receiptNumber: text,
  saleId: text,
  terminalId: text,
  atMs: int,
  by: text.optional(),
  totalMinor: int.optional(),
}) satisfies z.ZodType<ReceiptPlace>;

const conflictingValue = z.object({
  value: z.union([
    text,
    int,
    z.array(text),
    z.object({ effectiveOn: text, priceMinor: int }),
    z.null(),
  ]),
  version: text,
  origin: z.enum(["store", "head-office"]),
  who: text,
  atMs: int,
  terminalId: text.optional(),
}) satisfies z.ZodType<ConflictingValue>;

const codeClaim = conflictingValue
  .omit({ value: true })
  .extend({ sku: text, name: text }) satisfies z.ZodType<CodeClaim>;

const detailSchemas = {
  oversold: z.object({
    sku: text,
    deltaMilli: int,
    levelMilli: int,
    factId: text.optional(),
    terminalId: text.optional(),
    epoch: int.optional(),
    seq: int.optional(),
  }),
  forked: z.object({
    terminalId: text,
    epoch: int,
    firstSeq: int,
    cloudHead: z.object({ epoch: int, seq: int, hash: text }),
    hash: text.optional(),
  }),
  cloned: z.object({ terminalId: text, epoch: int, ledgerIds: z.array(text) }),
  "cloud-restored": z.object({ restoredAtMs: int, missing: int.optional() }),
  "number-reused": z.object({ receiptNumber: text, receipts: z.array(receiptPlace) }),
  "over-returned": z.object({
    saleId: text,
    receiptNumber: text,
    lineNo: int,
    sku: text.nullable(),
    name: text,
    soldMilli: int,
    returnedMilli: int,
    returns: z.array(receiptPlace.extend({ quantityMilli: int })),
  }),
  "edit-conflict": z.object({
    sku: text,
    name: text,
    field: z.enum(editedFields),
    policy: z.enum(["head-office-wins", "latest-wins", "ask"]),
    kept: conflictingValue,
    other: conflictingValue,
  }),
  "code-conflict": z.object({
    field: z.enum(codeFields),
    code: text,
    kept: codeClaim,
    other: codeClaim,
  }),
  "count-uncertain": z.object({
    sku: text,
    countId: text,
    countedAtMs: int,
    countedBy: text.optional(),
    countedMilli: int,
    movement: z.object({ ...place, deltaMilli: int, atMs: int }),
    uncertaintyMs: int.nullable(),
    assumed: z.enum(["before", "after"]),
  }),
  overdrawn: z.object({
    accountId: text,
    account: z.enum(["gift-card", "points"]),
    balanceMinor: int,
    deltaMinor: int,
    terminalId: text.optional(),
  }),
  "recalled-twice": z.object({
    suspension: text,
    recalls: z.array(z.object({ terminalId: text, atMs: int, by: text.optional() })),
  }),
  parked: z.object({
    terminalId: text,
    reason: text,
    facts: z.array(z.object({ epoch: int, seq: int })),
  }),
} satisfies { [K in ExceptionKind]: z.ZodType<ExceptionDetails[K]> };

/** The particulars of a kind; null where this version has no words for them. */
export function exceptionDetailOf(kind: string, detail: string): AnyExceptionDetail | null {
  if (!isExceptionKind(kind)) return null;
  let value: unknown;
  try {
    value = JSON.parse(detail);
  } catch {
    return null;
  }
  const parsed = detailSchemas[kind].safeParse(value);
  return parsed.success ? ({ kind, detail: parsed.data } as AnyExceptionDetail) : null;
}
