import { z } from "zod";
import { officeInputs } from "./office-inputs.ts";
import { stockInputs } from "./stock-inputs.ts";

/** Parsers of everything that crosses the channel inwards. A browser may be on the other side: trust nothing. */

const commandId = z.uuid();
const id = z.string().min(1).max(64);
const text = (max: number) => z.string().trim().min(1).max(max);
const count = z.number().int();
const code = z.string().min(1).max(256);

/** Thousandths; 999,999 pieces or kilograms are the most one line takes. */
const quantityMilli = count.min(1).max(999_999_000);
/** Minor units: up to 9,999,999.99 in a two-digit currency. */
const amountMinor = count.min(1).max(999_999_999);
const priceMinor = count.min(0).max(999_999_999);

/** As it is typed or scanned; `accountIdOf` gives it its one spelling. */
const accountId = z.string().trim().min(1).max(64);

/** Every command carries the id its caller made: the same id again is answered, not run again. */
const command = <T extends z.ZodRawShape>(shape: T) => z.strictObject({ commandId, ...shape });
const query = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape);

const page = { limit: count.min(1).max(500).optional(), offset: count.min(0).optional() };

export const inputs = {
  "register.view": query({}),
  "people.list": query({}),
  "session.sign-in": command({ personId: id, pin: z.string().regex(/^\d{4,8}$/) }),
  "session.sign-out": command({}),
  "shift.open": command({ floatMinor: count.min(0).max(999_999_999) }),
  "shift.count": command({
    countedMinor: count.min(0).max(9_999_999_999),
    denominations: z
      .array(z.strictObject({ valueMinor: amountMinor, count: count.min(0) }))
      .max(40),
  }),
  "shift.close": command({ reason: text(200).optional() }),
  "shift.reprint": command({ shiftId: id }),

  "cart.scan": command({
    code,
    symbology: z.string().max(8).nullable(),
    quantityMilli: quantityMilli.optional(),
  }),
  "cart.add-product": command({
    sku: text(64),
    quantityMilli: quantityMilli.optional(),
    /** Only for goods whose price the till asks; zero is a gift. */
    unitPriceMinor: priceMinor.optional(),
  }),
  "cart.add-open-item": command({
    name: text(80),
    unitPriceMinor: priceMinor,
    taxCategory: text(32),
    quantityMilli: quantityMilli.optional(),
  }),
  "cart.set-quantity": command({ lineId: id, quantityMilli }),
  "cart.remove-line": command({ lineId: id }),
  "cart.void": command({ reason: text(200) }),
  "cart.suspend": command({ note: text(80).optional() }),
  "cart.suspended": query({}),
  "cart.recall": command({ suspensionId: id }),

  "tender.cash": command({ amountMinor }),
  "tender.card": command({ amountMinor }),
  "tender.cancel-card": command({}),
  /** [C5] Part of what is owed, from a gift card. */
  "tender.gift-card": command({ accountId, amountMinor }),
  "gift-card.load": command({ accountId, amountMinor }),
  "account.view": query({ account: z.enum(["gift-card", "points"]), accountId }),
  "account.move": command({
    account: z.enum(["gift-card", "points"]),
    accountId,
    deltaMinor: count.min(-999_999_999).max(999_999_999),
    reason: text(200),
  }),
  "tender.remove": command({ tenderId: id }),
  "tender.refund-cash": command({}),

  "return.lookup": query({ receiptNumber: text(32) }),
  "return.add-lines": command({
    saleId: id,
    lines: z
      .array(z.strictObject({ lineNo: count.min(1), quantityMilli }))
      .min(1)
      .max(1000),
    reason: text(200),
  }),

  "return.add-product": command({
    sku: text(64),
    quantityMilli,
    unitPriceMinor: priceMinor.optional(),
    reason: text(200),
  }),
  "return.add-open-item": command({
    name: text(80),
    unitPriceMinor: priceMinor,
    taxCategory: text(32),
    quantityMilli: quantityMilli.optional(),
    reason: text(200),
  }),

  "receipt.list": query({
    businessDate: z.iso.date().optional(),
    text: z.string().max(64).optional(),
    /** Of a sale or, with the other sign, of a return. */
    totalMinor: count.optional(),
    ...page,
  }),
  "receipt.get": query({ saleId: id }),
  "receipt.reprint": command({ saleId: id.optional() }),
  "drawer.open": command({ reason: text(200) }),

  "catalogue.search": query({ text: z.string().max(100), limit: count.min(1).max(100).optional() }),
  "catalogue.add-product": command({
    sku: text(64),
    name: text(200),
    gtins: z.array(z.string().regex(/^\d{14}$/)).max(20),
    /** Null: the till asks for the price at every sale. */
    priceMinor: priceMinor.nullable(),
    unit: z.enum(["each", "kg"]),
    taxCategory: text(32),
  }),
  "product.view": query({ sku: text(64) }),
  "product.edit": command({
    sku: text(64),
    /** Only what was changed; null takes a field away. */
    changes: z.strictObject({
      name: text(200).optional(),
      brand: text(100).nullable().optional(),
      category: text(100).nullable().optional(),
      favourite: text(64).nullable().optional(),
      gtins: z
        .array(z.string().regex(/^\d{14}$/))
        .max(20)
        .optional(),
      plu: z
        .string()
        .regex(/^\d{1,6}$/)
        .nullable()
        .optional(),
      priceMinor: priceMinor.nullable().optional(),
      unit: z.enum(["each", "kg"]).optional(),
      taxCategory: text(32).optional(),
    }),
    /** `versions` of the view that was edited; what is left out is based on what stands now. */
    versions: z.record(z.string().max(20), z.string().max(1000)).optional(),
  }),
  "price.schedule": command({ sku: text(64), priceMinor, effectiveOn: z.iso.date() }),
  "price.cancel": command({ sku: text(64) }),
  "price.scheduled": query({ ...page }),
  "catalogue.groups": query({}),
  "catalogue.group": query({ group: text(64) }),

  "status.view": query({}),
  "print.jobs": query({}),
  "print.retry": command({ jobId: id }),
  "print.resolve": command({ jobId: id, printed: z.boolean() }),

  "today.view": query({}),
  "stock.list": query({
    text: z.string().max(100).optional(),
    oversoldOnly: z.boolean().optional(),
    /** For the whole list; what a text or `oversoldOnly` finds comes in its own order. */
    sort: z.enum(["name", "sku", "category", "price", "level"]).optional(),
    descending: z.boolean().optional(),
    ...page,
  }),
  "stock.movements": query({ sku: text(64), ...page }),
  ...stockInputs,
  ...officeInputs,
  "shifts.list": query({ ...page }),
  "exceptions.list": query({
    /** Also those that were resolved, newest first behind the open ones. */
    withResolved: z.boolean().optional(),
    /** Only those that name this till. */
    terminalId: z.uuid().optional(),
    ...page,
  }),
  "exceptions.resolve": command({
    exceptionId: id,
    resolution: text(32),
    note: text(200).optional(),
  }),
  "parked.list": query({}),
  /** All that is parked is judged again by the cloud, when it hears of it. */
  "parked.retry": command({}),
  "parked.export": query({}),
  "sync.view": query({}),
  "sync.wake": query({}),
} as const;

export type Inputs = { [N in keyof typeof inputs]: z.input<(typeof inputs)[N]> };
