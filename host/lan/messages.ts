import { z } from "zod";
import {
  changePageSchema,
  headSchema,
  pushRequestSchema,
  pushResponseSchema,
} from "../../sync/protocol/wire.ts";

const theirFact = z.object({
  id: z.string().max(100),
  terminalId: z.string().max(100),
  epoch: z.int().positive(),
  seq: z.int().positive(),
});
const bodies = z.array(z.string().min(2)).max(2_000);

/**
 * [H3] What a store's tills say to their hub: the messages of the protocol, as JSON over TLS. Field by field in
 * `sync/SPEC.md`.
 */
export const lanMessages = {
  head: {
    ask: z.object({ epoch: z.int().positive(), acked: headSchema }),
    answer: headSchema.extend({ serverTimeMs: z.int() }),
  },
  push: {
    ask: pushRequestSchema.extend({ signature: z.base64().max(200) }),
    answer: pushResponseSchema,
  },
  changes: {
    ask: z.object({
      after: z.int().nonnegative(),
      limit: z.int().positive().max(2_000),
      /** [H6] Up to where the hub has the asker's own chain; absent from tills that take nothing back. */
      held: headSchema.nullish(),
    }),
    answer: changePageSchema,
  },
  /** [H6] Facts of the asker that the hub heard of from others and that the cloud has not told of. */
  lost: {
    ask: z.object({ after: z.int().nonnegative() }),
    answer: z.object({ upTo: z.int().nonnegative(), bodies }),
  },
  /** [H6] Which of these facts the hub does not know. */
  unknown: {
    ask: z.object({ facts: z.array(theirFact).max(2_000) }),
    answer: z.object({ ids: z.array(z.string()) }),
  },
  /** [H6] What the asker heard of from another hub. */
  hearsay: {
    ask: z.object({ bodies }),
    answer: z.object({}),
  },
  /** Answered when there is more than `after`, or after a while; at once where `after` is -1. */
  growth: {
    ask: z.object({ after: z.int().min(-1) }),
    answer: z.object({ upTo: z.int().nonnegative() }),
  },
  claim: {
    ask: z.object({ suspensionId: z.string().min(1).max(100) }),
    answer: z.object({ holder: z.string() }),
  },
} as const;

export type LanMessage = keyof typeof lanMessages;
export type LanAsk<M extends LanMessage> = z.infer<(typeof lanMessages)[M]["ask"]>;
export type LanAnswer<M extends LanMessage> = z.infer<(typeof lanMessages)[M]["answer"]>;

export function isLanMessage(name: string): name is LanMessage {
  return Object.hasOwn(lanMessages, name);
}

/** Largest request and answer, bytes. */
export const mostBytes = 4 * 1024 * 1024;
