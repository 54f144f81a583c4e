import { z } from "zod";
import {
  evidenceDocument,
  evidenceOfDocument,
  heldEvidenceSchema,
  type OfficeLine,
  proofDocument,
  tillProofSchema,
  tillsDocument,
  tillWordSchema,
} from "../protocol/office.ts";
import { type GraphqlWire, readAnswer } from "./graphql-transport.ts";

/** [P1] The back office's questions in our schema's words; every answer is parsed before it is believed. */
export function createGraphqlOffice(
  { call }: Pick<GraphqlWire, "call">,
  timeoutMs: number,
): OfficeLine {
  return {
    async tills() {
      return readAnswer(tillsAnswer, await call(tillsDocument, {}, timeoutMs)).tills;
    },
    async proof(businessDate) {
      return readAnswer(proofAnswer, await call(proofDocument, { businessDate }, timeoutMs)).proof;
    },
    async evidence(epoch, afterSeq, limit, terminalId) {
      const page = { epoch, afterSeq, limit };
      const answer =
        terminalId === undefined
          ? await call(evidenceDocument, page, timeoutMs)
          : await call(evidenceOfDocument, { ...page, terminalId }, timeoutMs);
      return readAnswer(evidenceAnswer, answer).evidence;
    },
  };
}

const tillsAnswer = z.object({ tills: z.array(tillWordSchema) });
const proofAnswer = z.object({ proof: z.array(tillProofSchema) });
const evidenceAnswer = z.object({ evidence: z.array(heldEvidenceSchema) });
