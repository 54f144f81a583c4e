import { z } from "zod";
import type { FactType } from "../../domain/facts/fact.ts";
import type { FactPayloads } from "../../domain/facts/payloads.ts";
import type { TaxAmount } from "../../domain/pricing/price-cart.ts";
import type { CompletedSale, SaleLine, SettledTender } from "../../domain/sale/completed-sale.ts";
import type { PerpetualTotals, ShiftTotals, ZReport } from "../../domain/shift/z-report.ts";

/** What each fact's payload must look like on the wire. The compiler holds them to the domain's types. */

const uuid = z.guid();
const int = z.int();
const count = z.int().nonnegative();
const text = z.string();
const businessDate = z.iso.date();
const unit = z.enum(["each", "kg"]);

const taxAmount = z.object({
  category: text,
  ratePpm: count,
  netMinor: int,
  taxMinor: int,
}) satisfies z.ZodType<TaxAmount>;

const saleLine = z.object({
  lineNo: z.int().positive(),
  sku: text.min(1).nullable(),
  name: text,
  gtin: text.optional(),
  quantityMilli: int,
  unit,
  unitPriceMinor: int,
  amountMinor: int,
  taxCategory: text,
  taxRatePpm: count,
  returnOf: z.object({ saleId: uuid, receiptNumber: text, lineNo: int }).optional(),
  returnReason: text.optional(),
}) satisfies z.ZodType<SaleLine>;

const settledTender = z.object({
  kind: z.enum(["cash", "card"]),
  amountMinor: int,
  card: z.object({ requestId: uuid, terminalReference: text, label: text }).optional(),
}) satisfies z.ZodType<SettledTender>;

const completedSale = z.object({
  saleId: uuid,
  receiptNumber: text.min(1),
  currency: text.length(3),
  pricesIncludeTax: z.boolean(),
  lines: z.array(saleLine),
  totalMinor: int,
  netMinor: int,
  taxes: z.array(taxAmount),
  tenders: z.array(settledTender),
  changeMinor: count,
}) satisfies z.ZodType<CompletedSale>;

const shiftTotals = z.object({
  sales: count,
  returns: count,
  voids: count,
  noSales: count,
  linesRemoved: count,
  reprints: count,
  grossMinor: int,
  returnsMinor: int,
  cashMinor: int,
  cardMinor: int,
  taxes: z.array(taxAmount),
}) satisfies z.ZodType<ShiftTotals>;

const perpetualTotals = z.object({
  grandTotalMinor: int,
  returnsTotalMinor: int,
  receipts: count,
}) satisfies z.ZodType<PerpetualTotals>;

const zReport = z.object({
  zNumber: z.int().positive(),
  shiftId: uuid,
  businessDate,
  currency: text.length(3),
  openedAtMs: int,
  closedAtMs: int,
  openedBy: text,
  closedBy: text,
  firstReceiptNumber: text.nullable(),
  lastReceiptNumber: text.nullable(),
  floatMinor: int,
  countedMinor: int,
  expectedMinor: int,
  varianceMinor: int,
  totals: shiftTotals,
  perpetual: perpetualTotals,
}) satisfies z.ZodType<ZReport>;

/** One schema a fact type: a type that is missing here, or differs from the domain's, does not compile. */
export const payloadSchemas = {
  "terminal.enrolled": z.object({ storeId: uuid, tillNumber: z.int().positive(), program: text }),
  "person.signed-in": z.object({ personId: uuid }),
  "person.signed-out": z.object({ personId: uuid }),
  "person.sign-in-refused": z.object({ personId: uuid, lockedUntilMs: int.optional() }),
  "shift.opened": z.object({ businessDate, floatMinor: int }),
  "shift.counted": z.object({
    countedMinor: int,
    expectedMinor: int,
    denominations: z.array(z.object({ valueMinor: int, count })),
  }),
  "shift.closed": z.object({ z: zReport, reason: text.optional() }),
  "sale.completed": completedSale,
  "return.completed": completedSale,
  "sale.voided": z.object({ cartId: uuid, reason: text, lines: count, totalMinor: int }),
  "sale.suspended": z.object({
    cartId: uuid,
    lines: count,
    totalMinor: int,
    note: text.optional(),
  }),
  "sale.recalled": z.object({ cartId: uuid }),
  "line.removed": z.object({
    cartId: uuid,
    sku: text.nullable(),
    name: text,
    quantityMilli: int,
    amountMinor: int,
  }),
  "drawer.no-sale": z.object({ reason: text }),
  "receipt.reprinted": z.object({ saleId: uuid, receiptNumber: text, copy: z.int().positive() }),
  "product.added": z.object({
    sku: text.min(1),
    name: text.min(1),
    gtins: z.array(text),
    priceMinor: count.nullable(),
    unit,
    taxCategory: text.min(1),
  }),
  "print.resolved": z.object({ jobId: uuid, printed: z.boolean() }),
} satisfies { [T in FactType]: z.ZodType<FactPayloads[T]> };
