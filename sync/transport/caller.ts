import { generateClient } from "aws-amplify/api";
import { ConsoleLogger } from "aws-amplify/utils";
import { TransportError } from "../engine/ports.ts";
import { classifyError } from "./classify-error.ts";
import { type Pace, type Patience, quickMs, slowMs } from "./patience.ts";

// Amplify warns at each start that the endpoint is not one of AWS's: that is what it is for.
ConsoleLogger.LOG_LEVEL = "ERROR";

/** Asks one endpoint with one token, through the real aws-amplify client. */
export interface Caller {
  /**
   * The answer's `data`. Rejects with `TransportError` only, and always: after `timeoutMs`, or what
   * patience makes of it.
   */
  call(query: string, variables: object, timeoutMs: number): Promise<unknown>;
  subscribe(query: string, variables: Readonly<Record<string, string>>): Subscription;
  /** Calls under way reject as `unreachable`. */
  cancelAll(): void;
}

export interface Subscription {
  readonly pokes: Pokes;
  /**
   * The very object that Amplify hands back with the acknowledgement: how ours is told from others.
   */
  readonly variables: object;
}

export interface Pokes {
  subscribe(observer: { next(message: unknown): void; error(error: unknown): void }): {
    unsubscribe(): void;
  };
}

export function createCaller(endpoint: string, authToken: string, patience: Patience): Caller {
  const client = generateClient({ endpoint, authMode: "lambda", authToken });
  const underWay = new Set<(reason: TransportError) => void>();

  async function call(query: string, variables: object, timeoutMs: number) {
    const options = { query, variables: { ...variables }, authToken };
    const answer = client.graphql(options, { "accept-encoding": encoding(patience) }) as Promise<{
      readonly data: unknown;
    }>;
    const { promise: given, reject: giveUp } = Promise.withResolvers<never>();
    const end = (reason: TransportError) => {
      giveUp(reason);
      client.cancel(answer, reason.message);
    };
    const onTimeout = () => {
      patience.timedOut();
      end(new TransportError("timeout", "The cloud did not answer in time."));
    };
    const timer = setTimeout(onTimeout, patience.limitMs(timeoutMs, sizeOf(variables)));
    const pace = watchPace();
    underWay.add(end);
    try {
      const { data } = await Promise.race([answer, given]);
      patience.answered(pace.end());
      return data;
    } catch (error) {
      throw error instanceof TransportError ? error : classifyError(error);
    } finally {
      clearTimeout(timer);
      pace.end();
      underWay.delete(end);
      // Whoever lost the race is heard by nobody.
      answer.catch(() => undefined);
    }
  }

  return {
    call,
    cancelAll() {
      for (const end of underWay) end(new TransportError("unreachable", "The call was given up."));
    },
    subscribe(query, variables) {
      return {
        pokes: client.graphql({ query, variables, authToken }) as unknown as Pokes,
        variables,
      };
    },
  };
}

/** Tells how long something takes by which timer it outlives. */
function watchPace(): { end(): Pace } {
  let pace: Pace = "quick";
  const timers = [
    setTimeout(() => (pace = "usual"), quickMs),
    setTimeout(() => (pace = "slow"), slowMs),
  ];
  return {
    end() {
      for (const timer of timers) clearTimeout(timer);
      return pace;
    },
  };
}

/** In a shop's own network bytes are cheaper than the work of packing an answer. */
function encoding(patience: Patience): string {
  return patience.isSlow() ? "gzip" : "identity";
}

/** About how many bytes a request has: what is large in ours is one string. */
function sizeOf(variables: object): number {
  const texts = Object.values(variables).filter((value) => typeof value === "string");
  return texts.reduce((sum, text) => sum + text.length, 0);
}
