import type { FromHost } from "../../host/contract/channel.ts";
import type { OpenWire, WireEvents } from "./wire.ts";

/** What Electron's preload gives the page, nothing more. */
export interface EvertillBridge {
  /**
   * Asks for a port to the host. The port comes as a `message` event of this window whose data is
   * `"evertill-port"`; a new one comes by itself after the host was restarted.
   */
  connect(): void;
  /**
   * [P2] The answers to a closing of the window that was held up, which is told by a `message` event
   * whose data is `"evertill-leaving"`.
   */
  stay(): void;
  leave(): void;
}

declare global {
  interface Window {
    readonly evertill?: EvertillBridge;
  }
}

/**
 * The wire to Electron's utility process: structured clones on a MessagePort, past the main
 * process. A port does not say that its other side died, so a new port ends the wire before it.
 */
export function portWire(page: Window, bridge: EvertillBridge): OpenWire {
  let current: { readonly port: MessagePort; readonly events: WireEvents } | null = null;
  let waiting: WireEvents | null = null;
  let spare: MessagePort | null = null;

  function attach(port: MessagePort, events: WireEvents): void {
    current = { port, events };
    port.addEventListener("message", (event: MessageEvent<FromHost>) =>
      events.received(event.data),
    );
    port.addEventListener("close", () => end(port));
    port.start();
  }

  function end(port: MessagePort): void {
    if (current?.port !== port) return;
    const { events } = current;
    current = null;
    port.close();
    events.ended();
  }

  page.addEventListener("message", (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    if (event.source !== page || event.data !== "evertill-port" || port === undefined) return;
    if (waiting !== null) {
      const events = waiting;
      waiting = null;
      attach(port, events);
    } else {
      spare = port;
      if (current !== null) end(current.port);
    }
  });

  return (events) => {
    if (spare !== null) {
      const port = spare;
      spare = null;
      attach(port, events);
    } else {
      waiting = events;
      bridge.connect();
    }
    return {
      send: (message) => current?.port.postMessage(message),
      close: () => {
        if (current !== null) end(current.port);
      },
    };
  };
}
