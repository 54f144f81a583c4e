import { z } from "zod";
import { type Transport, TransportError } from "../engine/ports.ts";
import {
  changesDocument,
  headDocument,
  pokedDocument,
  pushDocument,
  snapshotDocument,
} from "../protocol/operations.ts";
import { packFacts } from "../protocol/packed-facts.ts";
import { changesDocument1, headDocument1, pushDocument1 } from "../protocol/operations-1.ts";
import { type SnapshotPage, snapshotPageSchema } from "../protocol/snapshot.ts";
import { fromVerdictRuns, verdictRunSchema } from "../protocol/verdict-runs.ts";
import {
  type Change,
  type ChangePage,
  changeKinds,
  changeSchema,
  factPlaceSchema,
  type Head,
  headSchema,
  type PushRequest,
  type PushResponse,
  pushResponseSchema,
} from "../protocol/wire.ts";
import { createSpeaker } from "./speak.ts";

/** What carries GraphQL to the cloud and back: aws-amplify, or a simulated wire. */
export interface GraphqlWire {
  /** The answer's `data`. Rejects with `TransportError` only, and always within `timeoutMs`. */
  call(query: string, variables: object, timeoutMs: number): Promise<unknown>;
  /**
   * Asks for pokes. `onConnection` hears at most one `true` and at most one `false`, then nothing
   * more. Returns how to end it quietly.
   */
  listen(
    request: PokeRequest,
    onPoke: () => void,
    onConnection: (connected: boolean) => void,
  ): () => void;
  /** Calls under way reject as `unreachable`. */
  cancelAll(): void;
}

export interface PokeRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Whose own pokes are not worth a look. */
  readonly terminalId: string;
  readonly timeoutMs: number;
}

/** Milliseconds after which a call is given up. */
export interface Timeouts {
  /** A small question: also the probe of a line that is down. */
  readonly questionMs: number;
  /** A batch of facts or a page of changes. */
  readonly bulkMs: number;
  /** From asking for a subscription to its acknowledgement. */
  readonly subscribeMs: number;
}

export const usualTimeouts: Timeouts = { questionMs: 4_000, bulkMs: 15_000, subscribeMs: 8_000 };

/** The engine's transport in our schema's words; every answer is parsed before it is believed. */
export function createGraphqlTransport(
  wire: GraphqlWire,
  terminal: { readonly storeId: string; readonly terminalId: string },
  timeouts: Timeouts,
): Transport {
  const { storeId, terminalId } = terminal;
  const speaker = createSpeaker();
  const subscriptions = new Set<() => void>();

  function reset(): void {
    wire.cancelAll();
    for (const stop of subscriptions) stop();
    subscriptions.clear();
  }

  return {
    async push(request) {
      const answer = await speaker.ask(async (protocol) => {
        const document = protocol === 1 ? pushDocument1 : pushDocument;
        return wire.call(document, pushVariables(request, protocol), timeouts.bulkMs);
      });
      return parsePush(answer);
    },

    async head(epoch, report, acked) {
      // Asked at every new beginning and once a minute: so an update of the cloud is noticed.
      speaker.reset();
      const answer = await speaker.ask(async (protocol) => {
        const document = protocol === 1 ? headDocument1 : headDocument;
        const variables = protocol === 1 ? { epoch } : { epoch, report, acked };
        return wire.call(document, variables, timeouts.questionMs);
      });
      return readAnswer(headAnswer, answer).head;
    },

    async pull(after, limit, held, query) {
      const answer = await speaker.ask(async (protocol) => {
        const document = protocol === 1 ? changesDocument1 : changesDocument;
        const plain = { after, limit, held: plainHead(held) };
        const variables = protocol === 1 ? plain : { ...plain, ...query, protocol };
        return wire.call(document, variables, timeouts.bulkMs);
      });
      return parsePage(answer);
    },

    async snapshot(after, limit) {
      const answer = await speaker.ask(async (protocol) => {
        if (protocol === 1) return { snapshot: noSnapshot };
        return wire.call(snapshotDocument, { after, limit }, timeouts.bulkMs);
      });
      return readAnswer(snapshotAnswer, answer).snapshot;
    },

    subscribe(onPoke, onConnection) {
      const { subscribeMs: timeoutMs } = timeouts;
      const request = { query: pokedDocument, variables: { storeId }, terminalId, timeoutMs };
      const stop = wire.listen(request, onPoke, (connected) => {
        if (!connected) subscriptions.delete(stop);
        onConnection(connected);
      });
      subscriptions.add(stop);
      return () => {
        subscriptions.delete(stop);
        stop();
      };
    },

    reset,
    close: async () => reset(),
  };
}

const headAnswer = z.object({ head: headSchema.extend({ serverTimeMs: z.number().int() }) });
const snapshotAnswer = z.object({ snapshot: snapshotPageSchema });
const pageAnswer = z.object({
  changes: z.object({
    outcome: z.enum(["page", "snapshot"]).nullish(),
    why: z.enum(["too-old", "cloud-restored"]).nullish().catch(null),
    stamp: z.string().nullish(),
    cursor: z.number().int().nonnegative(),
    upTo: z.number().int().nonnegative(),
    changes: z.array(z.object({ kind: z.string(), text: z.string() })),
    chain: headSchema.nullish(),
    places: z.array(factPlaceSchema).nullish(),
  }),
});
const pushAnswer = z.object({
  push: z.looseObject({ verdicts: z.array(verdictRunSchema) }),
});

/** AppSync's limit for a request is 1 MiB; the rest is room for document and header. */
const mostPackedCharacters = 1_000_000;

/** [U6] [V1] */
function pushVariables({ relayed, facts, ...place }: PushRequest, protocol: number): object {
  if (protocol === 1 && relayed) {
    // [H5] Without that word they would be taken for this till's own.
    throw new TransportError("refused", "This cloud takes no facts that another till hands on.");
  }
  if (protocol === 1) return { ...place, protocol, facts };
  const packed = packFacts(facts);
  if (packed.length > mostPackedCharacters) {
    throw new TransportError("too-large", "The cloud takes no request so large.");
  }
  return { ...place, protocol, relayed, packed };
}

function parsePush(answer: unknown): PushResponse {
  const { push } = readAnswer(pushAnswer, answer);
  return readAnswer(pushResponseSchema, { ...push, verdicts: fromVerdictRuns(push.verdicts) });
}

function parsePage(answer: unknown): ChangePage {
  const { changes, ...page } = readAnswer(pageAnswer, answer).changes;
  return {
    ...page,
    outcome: page.outcome ?? "page",
    stamp: page.stamp ?? null,
    changes: changes.flatMap((change) => parseChange(change) ?? []),
    passedOver: changes.map(({ kind }) => kind).filter((kind) => !changeKinds.has(kind)),
  };
}

/** [V2] Null for a kind that this version does not know: it is passed over and remembered. */
function parseChange({ kind, text }: { kind: string; text: string }): Change | null {
  if (kind === "fact") return { kind, body: text };
  if (!changeKinds.has(kind)) return null;
  return readAnswer(changeSchema, parseJson(text));
}

/** [V1] A cloud of version 1 has none: its feed is read from the beginning. */
const noSnapshot: SnapshotPage = {
  outcome: "page",
  stamp: "",
  asOf: 0,
  floor: 0,
  stampAtFloor: "",
  done: 0,
  total: 0,
  next: null,
  sections: [],
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notUnderstood();
  }
}

/** Rejects as `refused` what this version does not understand. */
export function readAnswer<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw notUnderstood();
  return parsed.data;
}

function notUnderstood(): TransportError {
  return new TransportError(
    "refused",
    "The cloud said something that this till's version does not understand. Update the till.",
  );
}

/** The mark carries more than the wire wants to know. */
function plainHead({ epoch, seq, hash }: Head): Head {
  return { epoch, seq, hash };
}
