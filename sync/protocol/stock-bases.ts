import { z } from "zod";
import type { StockBases } from "../../domain/stock/stock-base.ts";

const int = z.number().int();
const position = { terminalId: z.string(), epoch: int, seq: int };

/** [D2] [C2] `domain/stock/stock-base.ts` on the wire. */
export const stockBasesSchema = z.object({
  bases: z.array(
    z.object({
      sku: z.string().min(1),
      levelMilli: int,
      stated: z.boolean(),
      storeAtMs: int.nullable(),
      count: z
        .object({
          countId: z.string(),
          countedMilli: int,
          beforeMilli: int,
          storeAtMs: int.nullable().optional(),
        })
        .nullable(),
    }),
  ),
  counts: z.array(
    z.object({
      ...position,
      countId: z.string(),
      countedAtMs: int,
      at: z.object({ atMs: int, uncertaintyMs: int.nullable() }),
      applied: z.array(z.object(position)),
    }),
  ),
  heads: z.array(z.object(position)),
  holes: z.array(z.object(position)).optional(),
  clocks: z.array(
    z.object({
      ...position,
      reading: z.object({ atMs: int, skewMs: int, uncertaintyMs: int }),
    }),
  ),
}) satisfies z.ZodType<StockBases>;
