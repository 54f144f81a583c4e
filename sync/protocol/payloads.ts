import { z } from "zod";
import type { ProductChanges } from "../../domain/catalogue/product-edit.ts";
import type { FactType } from "../../domain/facts/fact.ts";
import type { FactPayloads } from "../../domain/facts/payloads.ts";
import type { TaxAmount } from "../../domain/pricing/price-cart.ts";
import type { CartLine } from "../../domain/sale/cart.ts";
import type { CompletedSale, SaleLine, SettledTender } from "../../domain/sale/completed-sale.ts";
import type { PerpetualTotals, ShiftTotals, ZReport } from "../../domain/shift/z-report.ts";
import type { StockCounted, StockMoved } from "../../domain/stock/stock-facts.ts";

/**
 * What each fact's payload must look like on the wire. The compiler holds them to the domain's
 * types. That numbers are whole is one rule for the whole fact, in `facts.ts`: it is read for every
 * sale of a chain.
 */

/**
 * Every member of the domain's type is named, the optional ones too: one that is not would be taken off
 * the fact in silence, and its effect with it.
 */
type Whole<T> = z.ZodType<T> & { readonly shape: { readonly [K in keyof T]-?: z.ZodType } };

const uuid = z.guid();
const int = z.number();
const text = z.string();
const businessDate = z.iso.date();
const unit = z.enum(["each", "kg"]);

const taxAmount = z.object({
  category: text,
  ratePpm: int,
  netMinor: int,
  taxMinor: int,
}) satisfies Whole<TaxAmount>;

const returnOf = z.object({
  saleId: uuid,
  receiptNumber: text,
  lineNo: int,
  soldMilli: int.optional(),
});

const cartLine = z.object({
  lineNo: int,
  sku: text.nullable(),
  gtin: text.optional(),
  name: text,
  quantityMilli: int,
  unit,
  unitPriceMinor: int,
  labelPriceMinor: int.optional(),
  taxCategory: text,
  returnOf: returnOf.optional(),
  returnReason: text.optional(),
  giftCard: text.optional(),
}) satisfies Whole<CartLine>;

const saleLine = z.object({
  lineNo: int,
  sku: text.nullable(),
  name: text,
  gtin: text.optional(),
  quantityMilli: int,
  unit,
  unitPriceMinor: int,
  amountMinor: int,
  taxCategory: text,
  taxRatePpm: int,
  returnOf: returnOf.optional(),
  returnReason: text.optional(),
  giftCard: text.optional(),
}) satisfies Whole<SaleLine>;

const settledTender = z.object({
  kind: z.enum(["cash", "card", "gift-card"]),
  amountMinor: int,
  giftCard: text.optional(),
  card: z.object({ requestId: uuid, terminalReference: text, label: text }).optional(),
}) satisfies Whole<SettledTender>;

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
  changeMinor: int,
}) satisfies Whole<CompletedSale>;

const shiftTotals = z.object({
  sales: int,
  returns: int,
  voids: int,
  noSales: int,
  linesRemoved: int,
  reprints: int,
  grossMinor: int,
  returnsMinor: int,
  cashMinor: int,
  cardMinor: int,
  giftCardMinor: int.optional(),
  taxes: z.array(taxAmount),
}) satisfies Whole<ShiftTotals>;

const perpetualTotals = z.object({
  grandTotalMinor: int,
  returnsTotalMinor: int,
  receipts: int,
}) satisfies Whole<PerpetualTotals>;

const zReport = z.object({
  zNumber: int,
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
  reason: text.optional(),
  totals: shiftTotals,
  perpetual: perpetualTotals,
}) satisfies Whole<ZReport>;

const stockMoved = z.object({
  reason: z.enum(["receiving", "adjustment", "waste", "transfer-in", "transfer-out"]),
  lines: z.array(z.object({ sku: text.min(1), deltaMilli: int })),
  note: text.optional(),
}) satisfies Whole<StockMoved>;

const stockCounted = z.object({
  lines: z.array(
    z.object({
      sku: text.min(1),
      countedMilli: int,
      expectedMilli: int,
      storeAtMs: int.optional(),
    }),
  ),
  countedAtMs: int,
  applied: z.array(z.object({ terminalId: uuid, epoch: int, seq: int })),
}) satisfies Whole<StockCounted>;

const gtin = text.regex(/^\d{14}$/);

/** Changed fields of a good, from a till or from the head office. */
export const productChanges = z.object({
  name: text.min(1).optional(),
  brand: text.nullable().optional(),
  category: text.nullable().optional(),
  favourite: text.nullable().optional(),
  gtins: z.array(gtin).optional(),
  plu: text.nullable().optional(),
  priceMinor: int.nonnegative().nullable().optional(),
  pendingPrice: z
    .object({ effectiveOn: businessDate, priceMinor: int.nonnegative() })
    .nullable()
    .optional(),
  unit: unit.optional(),
  taxCategory: text.min(1).optional(),
}) satisfies Whole<ProductChanges>;

/**
 * One schema a fact type: a type that is missing here, or differs from the domain's, does not
 * compile.
 */
export const payloadSchemas = {
  "terminal.enrolled": z.object({ storeId: uuid, tillNumber: int, program: text }),
  "person.signed-in": z.object({ personId: uuid }),
  "person.signed-out": z.object({ personId: uuid, revoked: z.boolean().optional() }),
  "person.sign-in-refused": z.object({ personId: uuid, lockedUntilMs: int.optional() }),
  "shift.opened": z.object({ businessDate, floatMinor: int }),
  "shift.counted": z.object({
    countedMinor: int,
    expectedMinor: int,
    denominations: z.array(z.object({ valueMinor: int, count: int })),
  }),
  "shift.closed": z.object({ z: zReport, reason: text.optional() }),
  "sale.completed": completedSale,
  "return.completed": completedSale,
  "sale.voided": z.object({ cartId: uuid, reason: text, lines: int, totalMinor: int }),
  "sale.suspended": z.object({
    cartId: uuid,
    lines: int,
    totalMinor: int,
    note: text.optional(),
    goods: z.array(cartLine).optional(),
  }),
  "sale.recalled": z.object({ cartId: uuid, suspension: uuid.optional() }),
  "line.removed": z.object({
    cartId: uuid,
    sku: text.nullable(),
    name: text,
    quantityMilli: int,
    amountMinor: int,
  }),
  "drawer.no-sale": z.object({ reason: text }),
  "receipt.reprinted": z.object({ saleId: uuid, receiptNumber: text, copy: int }),
  "z.reprinted": z.object({ shiftId: uuid, zNumber: int, copy: int }),
  "product.added": z.object({
    sku: text.min(1),
    name: text.min(1),
    gtins: z.array(text),
    priceMinor: int.nullable(),
    unit,
    taxCategory: text.min(1),
  }),
  "product.edited": z.object({
    sku: text.min(1),
    changes: productChanges,
    base: z.record(text, text),
    stampMs: int,
  }),
  "exception.resolved": z.object({
    exceptionId: text.min(1),
    kind: text.min(1),
    subject: text,
    resolution: text.min(1),
    through: z.object({ epoch: int, seq: int }).optional(),
    base: text.optional(),
    note: text.optional(),
  }),
  "account.moved": z.object({
    account: z.enum(["gift-card", "points"]),
    accountId: text.min(1),
    deltaMinor: int,
    reason: text,
  }),
  "print.resolved": z.object({ jobId: uuid, printed: z.boolean() }),
  "stock.moved": stockMoved,
  "stock.counted": stockCounted,
  "clock.measured": z.object({ skewMs: int, uncertaintyMs: int.nonnegative() }),
} satisfies { [T in FactType]: Whole<FactPayloads[T]> };
