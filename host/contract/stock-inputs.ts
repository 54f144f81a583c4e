import { z } from "zod";

/** Inputs of counting, receiving and adjusting. Quantities in thousandths of the good's unit. */

const sku = z.string().trim().min(1).max(64);
const countedMilli = z.number().int().min(0).max(999_999_000);
const quantityMilli = countedMilli.min(1);
const deltaMilli = z
  .number()
  .int()
  .min(-999_999_000)
  .max(999_999_000)
  .refine((delta) => delta !== 0, "a movement of nothing");
const note = z.string().trim().min(1).max(200).optional();
const commandId = z.uuid();
const page = {
  limit: z.number().int().min(1).max(500).optional(),
  offset: z.number().int().min(0).optional(),
};

export const stockInputs = {
  /** Start, enter, finish in one: two lines of one good (two shelves) are added up. */
  "stock.count": z.strictObject({
    commandId,
    lines: z.array(z.strictObject({ sku, countedMilli })).min(1).max(1_000),
  }),
  "stock.receive": z.strictObject({
    commandId,
    lines: z.array(z.strictObject({ sku, quantityMilli })).min(1).max(1_000),
    note,
  }),
  /** Waste and goods sent away are negative, goods from another store positive, a correction either. */
  "stock.adjust": z.strictObject({
    commandId,
    reason: z.enum(["adjustment", "waste", "transfer-in", "transfer-out"]),
    lines: z.array(z.strictObject({ sku, deltaMilli })).min(1).max(1_000),
    note,
  }),
  /** Of one good, or of all: newest first. */
  "stock.counts": z.strictObject({ sku: sku.optional(), ...page }),
  "stock.uncertain": z.strictObject({ sku: sku.optional() }),
} as const;
