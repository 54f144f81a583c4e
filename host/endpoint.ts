import type { Result } from "../domain/values/result.ts";
import type { TopicName, Topics } from "./contract/operations.ts";

/** A running till as a shell sees it: the only thing that Electron, plain Node and the simulator need. */
export interface HostEndpoint {
  /** Parses `input` at the door; never rejects: a bug becomes the `Defect` failure and a log line. */
  call(name: string, input: unknown): Promise<Result<unknown, unknown>>;
  /** Every topic's messages, for every listener. */
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** Resolves once the till can sell: it knows its store, its people and its goods. */
  whenSellable(): Promise<void>;
  /** Ends loops, closes devices and the ledger. Nothing is lost if it is never called. */
  close(): Promise<void>;
}

export type HostEvent = {
  [T in TopicName]: { readonly topic: T; readonly message: Topics[T] };
}[TopicName];
