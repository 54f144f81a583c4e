import { z } from "zod";
import type { OfficeService } from "../service/office-service.ts";
import type { Caller } from "../service/receive-facts.ts";

/** How a field reads what it was asked: parsed arguments, and who the authorizer proved to speak. */
export interface FieldTools<Event> {
  readonly parse: <T>(schema: z.ZodType<T>, event: Event) => T;
  readonly callerOf: (event: Event) => Caller;
}

const page = z.object({
  epoch: z.int().positive(),
  afterSeq: z.int().nonnegative(),
  limit: z.int().positive(),
  terminalId: z.string().max(64).nullish(),
});

/** [P1] The back office's questions. */
export function officeFields<Event>(
  office: OfficeService,
  { parse, callerOf }: FieldTools<Event>,
): Readonly<Record<string, (event: Event) => Promise<unknown>>> {
  return {
    "Query.tills": async (event) => office.tills(callerOf(event)),
    "Query.proof": async (event) => {
      const { businessDate } = parse(z.object({ businessDate: z.iso.date() }), event);
      return office.proof(callerOf(event), businessDate);
    },
    "Query.evidence": async (event) => office.evidence(callerOf(event), parse(page, event)),
  };
}
