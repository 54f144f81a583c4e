import { z } from "zod";
import { type Verdict, verdictSchema } from "./wire.ts";

/**
 * [U4] Verdicts as they travel: most are the same as the one before, so neighbours are told
 * together.
 */
export const verdictRunSchema = z.object({
  fromSeq: z.number().int().nonnegative(),
  toSeq: z.number().int().nonnegative(),
  verdict: verdictSchema.shape.verdict,
  /** GraphQL says null where the wire has nothing. */
  reason: z.string().nullish(),
});
export type VerdictRun = z.infer<typeof verdictRunSchema>;

/** Gathers verdicts of consecutive facts that are alike. */
export function toVerdictRuns(verdicts: readonly Verdict[]): VerdictRun[] {
  const runs: VerdictRun[] = [];
  for (const { seq, verdict, reason = null } of verdicts) {
    const last = runs.at(-1);
    const isNext = last !== undefined && last.toSeq === seq - 1;
    if (isNext && last.verdict === verdict && last.reason === reason) last.toSeq = seq;
    else runs.push({ fromSeq: seq, toSeq: seq, verdict, reason });
  }
  return runs;
}

/** One verdict a fact again. */
export function fromVerdictRuns(runs: readonly VerdictRun[]): Verdict[] {
  return runs.flatMap(({ fromSeq, toSeq, verdict, reason }) =>
    Array.from({ length: Math.max(0, toSeq - fromSeq + 1) }, (_, i) => {
      const seq = fromSeq + i;
      return reason === null || reason === undefined ? { seq, verdict } : { seq, verdict, reason };
    }),
  );
}
