import { type Transport, TransportError } from "../../sync/engine/ports.ts";
import type { Head } from "../../sync/protocol/wire.ts";
import { signedText } from "../../sync/protocol/relayed.ts";
import type { LanAnswer, LanAsk, LanMessage } from "./messages.ts";

/** A connection to one till's relay. Calls reject with `TransportError` only. */
export interface HubTalk {
  call<M extends LanMessage>(
    message: M,
    input: LanAsk<M>,
    timeoutMs: number,
  ): Promise<LanAnswer<M>>;
  close(): void;
}

export interface HubLineWorld {
  /** Null while there is no hub. */
  readonly talk: () => HubTalk | null;
  readonly sign: (text: string) => string;
  readonly terminalId: string;
  /** How far the cloud has this till's journal. */
  readonly acked: () => Head;
}

const questionMs = 2_000;
const bulkMs = 10_000;
/** Longer than a hub waits for growth. */
const growthMs = 30_000;

/** [H3] The engine's line to the store's hub, whichever till that is. */
export function createHubLine({ talk, sign, terminalId, acked }: HubLineWorld): Transport {
  let subscriptions = new Set<() => void>();
  let greetedHub: HubTalk | null = null;

  function hub(): HubTalk {
    const now = talk();
    if (now === null)
      throw new TransportError("unreachable", "No other till of the store is heard.");
    return now;
  }

  /** A hub is first told where this till stands: after a change of hubs the line begins anew. */
  function greeted(): HubTalk {
    const now = hub();
    if (greetedHub === now) return now;
    throw new TransportError("unreachable", "Another till is the store's hub now.");
  }

  function reset(): void {
    const ended = subscriptions;
    subscriptions = new Set();
    for (const end of ended) end();
  }

  return {
    async push(request) {
      const seq = request.firstSeq + request.facts.length - 1;
      const hash = request.facts.at(-1)?.hash ?? "";
      const signature = sign(signedText(terminalId, { epoch: request.epoch, seq, hash }));
      return greeted().call("push", { ...request, signature }, bulkMs);
    },
    async head(epoch) {
      const now = hub();
      const answer = await now.call("head", { epoch, acked: acked() }, questionMs);
      greetedHub = now;
      return answer;
    },
    pull: async (after, limit, { epoch, seq, hash }) => {
      const held = { epoch, seq, hash };
      return greeted().call("changes", { after, limit, held }, bulkMs);
    },
    snapshot: async () => {
      throw new TransportError("refused", "A hub has no snapshots.");
    },
    subscribe(onPoke, onConnection) {
      let isOver = false;
      const end = () => {
        isOver = true;
      };
      const lose = () => {
        if (!isOver) onConnection(false);
        end();
      };
      subscriptions.add(lose);
      void listen({ hub, isOver: () => isOver, onPoke, onConnection }).finally(() =>
        subscriptions.delete(lose),
      );
      return end;
    },
    reset,
    close: async () => reset(),
  };
}

interface Listening {
  readonly hub: () => HubTalk;
  readonly isOver: () => boolean;
  readonly onPoke: () => void;
  readonly onConnection: (connected: boolean) => void;
}

/** Asks the hub to say when it has more, again and again: a poke like any other. */
async function listen({ hub, isOver, onPoke, onConnection }: Listening): Promise<void> {
  try {
    let { upTo: after } = await hub().call("growth", { after: -1 }, growthMs);
    if (isOver()) return;
    onConnection(true);
    while (!isOver()) {
      const { upTo } = await hub().call("growth", { after }, growthMs);
      if (isOver()) return;
      if (upTo !== after) onPoke();
      after = upTo;
    }
  } catch {
    if (!isOver()) onConnection(false);
  }
}
