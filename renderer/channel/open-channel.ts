import { portWire } from "./port-wire.ts";
import { socketWire } from "./socket-wire.ts";
import { createTillChannel, type TillChannel } from "./till-channel.ts";

/** The channel of the shell that this page runs in. */
export function openChannel(): TillChannel {
  const bridge = window.evertill;
  return createTillChannel(
    bridge === undefined ? socketWire(window.location) : portWire(window, bridge),
  );
}
