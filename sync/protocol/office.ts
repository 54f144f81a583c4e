import { z } from "zod";

/**
 * What a back office asks of the cloud besides the engine's calls: how the other tills fare, and the
 * proof. Nothing here is needed to sell or to sync.
 */

const count = z.number().int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits");

/** A till's own word on itself; it travels with `head`, at start, on reconnecting, once a minute. */
export const tillReportSchema = z.object({
  /** The journal's end, also what is unsent yet. */
  epoch: z.number().int().positive(),
  seq: count,
  oldestUnsentAtMs: z.number().int().nullable(),
  /** Cloud time less till time; null when never measured. */
  clockSkewMs: z.number().int().nullable(),
  /** Facts acknowledged in the last minute. */
  factsPerMinute: count,
  /** Program name and version. */
  program: z.string().max(80),
});
export type TillReport = z.infer<typeof tillReportSchema>;

/** What the cloud knows of a till of the store. */
export const tillWordSchema = z.object({
  terminalId: z.string().min(1),
  tillNumber: z.number().int().positive(),
  name: z.string(),
  /** The end of its newest chain; seq 0 for a till that never sent. */
  epoch: z.number().int().positive(),
  seq: count,
  hash,
  /** Facts of it without effect. */
  parked: count,
  /** When the cloud last heard of it; null when never. */
  lastHeardAtMs: z.number().int().nullable(),
  report: tillReportSchema.nullable(),
});
export type TillWord = z.infer<typeof tillWordSchema>;

/** [P1] The cloud's side of the proof of one till and business date. */
export const tillProofSchema = z.object({
  terminalId: z.string().min(1),
  tillNumber: z.number().int().positive(),
  count,
  totalMinor: z.number().int(),
  hash,
});
export type TillProof = z.infer<typeof tillProofSchema>;

/** [P1] One fact as the cloud holds it. */
export const heldEvidenceSchema = z.object({
  seq: z.number().int().positive(),
  hash,
  verdict: z.enum(["applied", "duplicate", "parked"]),
  reason: z.string().nullable(),
  receivedAtMs: z.number().int(),
  /** Of a receipt, read from the bytes that the cloud holds; null for every other fact. */
  totalMinor: z.number().int().nullable(),
});
export type HeldEvidence = z.infer<typeof heldEvidenceSchema>;

/** The line of a back office to its cloud. Calls reject with the transport's errors only. */
export interface OfficeLine {
  tills(): Promise<readonly TillWord[]>;
  proof(businessDate: string): Promise<readonly TillProof[]>;
  /** Facts of `epoch` after `afterSeq`, ascending: the asking till's own, or another's of its store. */
  evidence(
    epoch: number,
    afterSeq: number,
    limit: number,
    terminalId?: string,
  ): Promise<readonly HeldEvidence[]>;
}

export const tillsDocument = /* GraphQL */ `
  query Tills {
    tills {
      terminalId
      tillNumber
      name
      epoch
      seq
      hash
      parked
      lastHeardAtMs
      report {
        epoch
        seq
        oldestUnsentAtMs
        clockSkewMs
        factsPerMinute
        program
      }
    }
  }
`;

export const proofDocument = /* GraphQL */ `
  query Proof($businessDate: String!) {
    proof(businessDate: $businessDate) {
      terminalId
      tillNumber
      count
      totalMinor
      hash
    }
  }
`;

export const evidenceDocument = /* GraphQL */ `
  query Evidence($epoch: Int!, $afterSeq: Int!, $limit: Int!) {
    evidence(epoch: $epoch, afterSeq: $afterSeq, limit: $limit) {
      seq
      hash
      verdict
      reason
      receivedAtMs
      totalMinor
    }
  }
`;

/** A document of its own: a cloud that knows no `terminalId` still answers for the asking till. */
export const evidenceOfDocument = /* GraphQL */ `
  query EvidenceOf($epoch: Int!, $afterSeq: Int!, $limit: Int!, $terminalId: ID!) {
    evidence(epoch: $epoch, afterSeq: $afterSeq, limit: $limit, terminalId: $terminalId) {
      seq
      hash
      verdict
      reason
      receivedAtMs
      totalMinor
    }
  }
`;
