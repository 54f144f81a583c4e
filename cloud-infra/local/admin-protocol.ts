import { z } from "zod";
import { exceptionSchema } from "../../sync/protocol/exceptions.ts";
import { productChanges } from "../../sync/protocol/payloads.ts";
import { personSchema, storeSettingsSchema } from "../../sync/protocol/wire.ts";

/** What the launcher and the store server say to each other on the admin's door. */

export const createStoreSchema = z.object({
  settings: storeSettingsSchema,
  people: z.array(personSchema),
});

export const editSchema = z.object({ changes: productChanges, who: z.string().min(1) });
export const peopleSchema = z.object({ people: z.array(personSchema) });

/** [R4] `replaces`: the number of a lost till. [A4] `renews`: of one that enrols again. */
export const codeRequestSchema = z.object({
  replaces: z.int().positive().optional(),
  renews: z.int().positive().optional(),
});

export const importSchema = z.object({ file: z.string().min(1) });

/**
 * An import answers in lines of JSON: refusals and progress as they come, at the end the report.
 */
export const importLineSchema = z.discriminatedUnion("line", [
  z.object({
    line: z.literal("progress"),
    rows: z.number(),
    bytesRead: z.number(),
    totalBytes: z.number(),
  }),
  z.object({
    line: z.literal("refused"),
    row: z.number(),
    column: z.string(),
    value: z.string(),
    why: z.string(),
  }),
  z.object({
    line: z.literal("report"),
    imported: z
      .object({
        read: z.number(),
        added: z.number(),
        changed: z.number(),
        unchanged: z.number(),
      })
      .nullable(),
    refused: z.number(),
    unreadable: z.string().nullable(),
  }),
  z.object({ line: z.literal("failed"), message: z.string() }),
]);
export type ImportLine = z.infer<typeof importLineSchema>;

/** Answers of the other calls. */
export const storesSchema = z.object({ stores: z.array(storeSettingsSchema) });
export const createdSchema = z.object({ created: z.boolean() });
export const codeSchema = z.object({ code: z.string() });
/** [A1] How long a code lets a till in. */
export const enrolmentCodeLifetimeMs = 15 * 60_000;
export const removedSchema = z.object({ removed: z.boolean() });
export const errorSchema = z.object({ error: z.string() });
export const editedSchema = z.object({ edited: z.boolean() });
export const doneSchema = z.object({ done: z.literal(true) });
export const retriedSchema = z.object({ applied: z.number(), stillParked: z.number() });
export const parkedListSchema = z.object({
  parked: z.array(
    z.object({
      terminalId: z.string(),
      epoch: z.number(),
      seq: z.number(),
      reason: z.string(),
      body: z.string(),
      receivedAtMs: z.number(),
    }),
  ),
});
export const exceptionListSchema = z.object({ exceptions: z.array(exceptionSchema) });
