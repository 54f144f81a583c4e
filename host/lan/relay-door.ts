import type { Clock } from "../../domain/values/ports.ts";
import type { Peer, Relay } from "./port.ts";
import {
  isLanMessage,
  type LanAnswer,
  type LanAsk,
  type LanMessage,
  lanMessages,
} from "./messages.ts";

/** How long a question for growth waits: shorter than any connection is kept idle. */
const growthWaitMs = 20_000;

type Answers = {
  readonly [M in LanMessage]: (peer: Peer, ask: LanAsk<M>) => Promise<LanAnswer<M>>;
};

/** Answers a till's message; null for a message that is none. Throws `ZodError` and `RelayRefused`. */
export function createRelayDoor(relay: Relay, clock: Clock) {
  const answers: Answers = {
    head: async (peer, { epoch, acked }) => ({
      ...relay.head(peer, epoch, acked),
      serverTimeMs: clock.now(),
    }),
    push: async (peer, request) => ({
      ...relay.push(peer, request),
      serverTimeMs: clock.now(),
    }),
    changes: async (peer, { after, limit, held }) => ({
      outcome: "page",
      stamp: null,
      ...relay.changes(peer, after, limit, held),
    }),
    lost: async (peer, { after }) => relay.lost(peer, after),
    unknown: async (_, { facts }) => ({ ids: relay.unknown(facts) }),
    hearsay: async (_, { bodies }) => {
      relay.hearsay(bodies);
      return {};
    },
    growth: async (_, { after }) => {
      await growth(relay, clock, after);
      return { upTo: relay.end() };
    },
    claim: async (peer, { suspensionId }) => ({ holder: relay.claim(peer, suspensionId) }),
  };
  return async (peer: Peer, message: string, input: unknown): Promise<unknown> => {
    if (!isLanMessage(message)) return null;
    const ask = lanMessages[message].ask.parse(input);
    // Paired by `message`; the compiler cannot see that.
    return (answers[message] as (peer: Peer, ask: unknown) => Promise<unknown>)(peer, ask);
  };
}

function growth(relay: Relay, clock: Clock, after: number): Promise<void> {
  if (relay.end() > after) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      stop();
      resolve();
    };
    const stop = relay.onGrowth(end);
    const cancel = clock.after(growthWaitMs, end);
  });
}
