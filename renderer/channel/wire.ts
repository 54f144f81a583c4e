import type { FromHost, ToHost } from "../../host/contract/channel.ts";

/**
 * One connection to the host, of whatever kind. A wire is used once: a new one is opened after it
 * ends.
 */
export interface Wire {
  send(message: ToHost): void;
  close(): void;
}

export interface WireEvents {
  received(message: FromHost): void;
  /** Said once: nothing more comes from this wire. */
  ended(): void;
}

/** Opens a wire; it is of use from the host's `hello` on. */
export type OpenWire = (events: WireEvents) => Wire;
