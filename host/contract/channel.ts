import type { Result } from "../../domain/values/result.ts";
import type { Failure, Input, OperationName, Output, TopicName, Topics } from "./operations.ts";

/** How a screen talks to the till: over a MessagePort in Electron, a WebSocket in a browser, a call in the simulator. */
export interface Channel {
  call<N extends OperationName>(name: N, input: Input<N>): Promise<Result<Output<N>, Failure<N>>>;
  subscribe<T extends TopicName>(topic: T, listener: (message: Topics[T]) => void): () => void;
  /** `false` while the host is away (restarting); calls then answer `HostUnreachable`. */
  onConnection(listener: (connected: boolean) => void): () => void;
}

/** Renderer → host. `call` ids are the channel's own; a command's `commandId` is inside the input. */
export type ToHost = {
  readonly kind: "call";
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
};

/** Host → renderer. */
export type FromHost =
  | { readonly kind: "hello"; readonly contractVersion: number; readonly locale: string }
  | { readonly kind: "answer"; readonly id: number; readonly result: Result<unknown, unknown> }
  | { readonly kind: "event"; readonly topic: TopicName; readonly message: unknown };
