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
  /** Where the first fact of the run is held, the next ones right behind it. */
  heldEpoch: z.number().int().positive().nullish(),
  heldSeq: z.number().int().nonnegative().nullish(),
});
export type VerdictRun = z.infer<typeof verdictRunSchema>;

/** Gathers verdicts of consecutive facts that are alike. */
export function toVerdictRuns(verdicts: readonly Verdict[]): VerdictRun[] {
  const runs: VerdictRun[] = [];
  for (const told of verdicts) {
    const { seq, verdict, reason = null, heldAt } = told;
    const last = runs.at(-1);
    if (last !== undefined && continues(last, told)) last.toSeq = seq;
    else {
      const held = { heldEpoch: heldAt?.epoch ?? null, heldSeq: heldAt?.seq ?? null };
      runs.push({ fromSeq: seq, toSeq: seq, verdict, reason, ...held });
    }
  }
  return runs;
}

function continues(run: VerdictRun, { seq, verdict, reason, heldAt }: Verdict): boolean {
  if (run.toSeq !== seq - 1 || run.verdict !== verdict) return false;
  if (run.reason !== (reason ?? null)) return false;
  if (typeof run.heldSeq !== "number" || heldAt === undefined) {
    return typeof run.heldSeq !== "number" && heldAt === undefined;
  }
  return run.heldEpoch === heldAt.epoch && run.heldSeq + seq - run.fromSeq === heldAt.seq;
}

/** One verdict a fact again. */
export function fromVerdictRuns(runs: readonly VerdictRun[]): Verdict[] {
  return runs.flatMap(({ fromSeq, toSeq, verdict, reason, heldEpoch, heldSeq }) =>
    Array.from({ length: Math.max(0, toSeq - fromSeq + 1) }, (_, i) => ({
      seq: fromSeq + i,
      verdict,
      ...(typeof reason === "string" && { reason }),
      ...(typeof heldEpoch === "number" &&
        typeof heldSeq === "number" && { heldAt: { epoch: heldEpoch, seq: heldSeq + i } }),
    })),
  );
}
