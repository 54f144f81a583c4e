import { z } from "zod";
import { type Transport, TransportError } from "../engine/ports.ts";
import {
  changesDocument,
  enrolDocument,
  headDocument,
  pokedDocument,
  pushDocument,
} from "../protocol/operations.ts";
import { fromVerdictRuns, verdictRunSchema } from "../protocol/verdict-runs.ts";
import {
  type Change,
  type ChangePage,
  changeSchema,
  type Enrolment,
  enrolmentSchema,
  type Head,
  headSchema,
  type PushResponse,
  pushResponseSchema,
} from "../protocol/wire.ts";
import { createCaller } from "./caller.ts";
import { listenForPokes } from "./poke-subscription.ts";

/** How a terminal reaches its cloud, and proves who it is. */
export interface AppsyncLine {
  /** "https://host:port/graphql", AppSync's or a store server's. */
  readonly endpoint: string;
  readonly storeId: string;
  readonly terminalId: string;
  /** Made at the enrolment. Goes into the request's header and nowhere else. */
  readonly secret: string;
  readonly timeouts?: Partial<Timeouts> | undefined;
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

const usualTimeouts: Timeouts = { questionMs: 4_000, bulkMs: 15_000, subscribeMs: 8_000 };

const newcomerToken = "newcomer";

/**
 * The line to the cloud through the real aws-amplify client. Loading this file costs a quarter of a
 * second.
 */
export function createAppsyncTransport(line: AppsyncLine): Transport {
  const timeouts = { ...usualTimeouts, ...line.timeouts };
  const caller = createCaller(line.endpoint, `${line.terminalId}.${line.secret}`);
  const { storeId, terminalId } = line;
  const subscriptions = new Set<() => void>();

  function reset(): void {
    caller.cancelAll();
    for (const stop of subscriptions) stop();
    subscriptions.clear();
  }

  return {
    async push(request) {
      const answer = await caller.call(pushDocument, { ...request }, timeouts.bulkMs);
      return parsePush(answer);
    },

    async head(epoch) {
      const answer = await caller.call(headDocument, { epoch }, timeouts.questionMs);
      return read(headAnswer, answer).head;
    },

    async pull(after, limit, held) {
      const variables = { after, limit, held: plainHead(held) };
      return parsePage(await caller.call(changesDocument, variables, timeouts.bulkMs));
    },

    subscribe(onPoke, onConnection) {
      const pokes = caller.subscribe(pokedDocument, { storeId });
      const rules = { terminalId, timeoutMs: timeouts.subscribeMs };
      const stop = listenForPokes(pokes, rules, onPoke, (connected) => {
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

/**
 * [A1] Turns an enrolment code into a terminal, once. Rejects with `TransportError`; `refused` when
 * the code is not valid.
 */
export async function enrolTerminal(request: {
  readonly endpoint: string;
  readonly code: string;
  readonly name: string;
}): Promise<Enrolment> {
  const { endpoint, code, name } = request;
  const caller = createCaller(endpoint, newcomerToken);
  const answer = await caller.call(enrolDocument, { code, name }, usualTimeouts.bulkMs);
  return read(z.object({ enrol: enrolmentSchema }), answer).enrol;
}

const headAnswer = z.object({ head: headSchema.extend({ serverTimeMs: z.number().int() }) });
const pageAnswer = z.object({
  changes: z.object({
    cursor: z.number().int().nonnegative(),
    upTo: z.number().int().nonnegative(),
    changes: z.array(z.object({ kind: z.string(), text: z.string() })),
  }),
});
const pushAnswer = z.object({
  push: z.looseObject({ verdicts: z.array(verdictRunSchema) }),
});

function parsePush(answer: unknown): PushResponse {
  const { push } = read(pushAnswer, answer);
  return read(pushResponseSchema, { ...push, verdicts: fromVerdictRuns(push.verdicts) });
}

function parsePage(answer: unknown): ChangePage {
  const { cursor, upTo, changes } = read(pageAnswer, answer).changes;
  return { cursor, upTo, changes: changes.map(parseChange) };
}

function parseChange({ kind, text }: { kind: string; text: string }): Change {
  if (kind === "fact") return { kind, body: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notUnderstood();
  }
  return read(changeSchema, value);
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
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
