import { z } from "zod";

/** Inputs of the back office's questions. */

const count = z.number().int().nonnegative();

const evidenceSummary = z.strictObject({
  facts: count,
  receiptsHere: count,
  totalHereMinor: z.number().int(),
  receiptsThere: count,
  totalThereMinor: z.number().int(),
  states: z.strictObject({
    equal: count,
    parked: count,
    unsent: count,
    moved: count,
    differs: count,
    missing: count,
    elsewhere: count,
  }),
});

export const officeInputs = {
  "tills.list": z.strictObject({}),
  "restored.view": z.strictObject({}),
  "proof.days": z.strictObject({}),
  "proof.day": z.strictObject({ businessDate: z.iso.date() }),
  "evidence.page": z.strictObject({
    after: z
      .strictObject({
        epoch: z.number().int().positive(),
        seq: count,
        summary: evidenceSummary,
        hash: z.string().length(64).optional(),
      })
      .optional(),
    /** Another till of the store; this one where none is named. */
    terminalId: z.uuid().optional(),
    limit: z.number().int().min(1).max(1_000).optional(),
  }),
  "leave.check": z.strictObject({ what: z.enum(["sign-out", "close", "update", "uninstall"]) }),
} as const;
