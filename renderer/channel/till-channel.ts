import type { Channel, FromHost } from "../../host/contract/channel.ts";
import type {
  Failure,
  Input,
  OperationName,
  Output,
  TopicName,
  Topics,
} from "../../host/contract/operations.ts";
import { failed, type Result } from "../../domain/values/result.ts";
import type { OpenWire, Wire } from "./wire.ts";

type Hello = Extract<FromHost, { kind: "hello" }>;

export interface TillChannel extends Channel {
  /** Called at once when the host has already said hello, and at each new connection. */
  onHello(listener: (hello: Hello) => void): () => void;
  close(): void;
}

const firstRetryMs = 150;
const longestRetryMs = 2_000;

/**
 * Speaks the contract over wires that come and go: a lost one is replaced, what was in flight on it
 * is answered `HostUnreachable` (the caller may send it again with the same command id).
 */
export function createTillChannel(openWire: OpenWire): TillChannel {
  const answers = new Map<number, (result: Result<unknown, unknown>) => void>();
  const topics = new Map<TopicName, Set<(message: never) => void>>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  const helloListeners = new Set<(hello: Hello) => void>();
  let wire: Wire | null = null;
  let hello: Hello | null = null;
  let nextId = 1;
  let retryMs = firstRetryMs;
  let closed = false;

  const unreachable = failed({ type: "HostUnreachable" });

  function received(message: FromHost): void {
    switch (message.kind) {
      case "hello":
        hello = message;
        retryMs = firstRetryMs;
        for (const listener of helloListeners) listener(message);
        for (const listener of connectionListeners) listener(true);
        return;
      case "answer": {
        const answer = answers.get(message.id);
        answers.delete(message.id);
        answer?.(message.result);
        return;
      }
      case "event":
        for (const listener of topics.get(message.topic) ?? []) listener(message.message as never);
        return;
      default:
        message satisfies never;
    }
  }

  function ended(): void {
    wire = null;
    const wasConnected = hello !== null;
    hello = null;
    const waiting = [...answers.values()];
    answers.clear();
    for (const answer of waiting) answer(unreachable);
    if (wasConnected) for (const listener of connectionListeners) listener(false);
    if (closed) return;
    setTimeout(open, retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  function open(): void {
    if (closed) return;
    wire = openWire({ received, ended });
  }
  open();

  return {
    call<N extends OperationName>(name: N, input: Input<N>) {
      const live = hello === null ? null : wire;
      return new Promise<Result<Output<N>, Failure<N>>>((resolve) => {
        const answer = (result: Result<unknown, unknown>) =>
          resolve(result as Result<Output<N>, Failure<N>>);
        if (live === null) return answer(unreachable);
        const id = nextId++;
        answers.set(id, answer);
        live.send({ kind: "call", id, name, input });
      });
    },
    subscribe<T extends TopicName>(topic: T, listener: (message: Topics[T]) => void) {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      if (hello !== null) listener(true);
      return () => connectionListeners.delete(listener);
    },
    onHello(listener) {
      helloListeners.add(listener);
      if (hello !== null) listener(hello);
      return () => helloListeners.delete(listener);
    },
    close() {
      closed = true;
      wire?.close();
    },
  };
}
