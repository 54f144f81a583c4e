import type { FromHost } from "../../host/contract/channel.ts";
import type { OpenWire } from "./wire.ts";

/**
 * The wire to the plain-Node shell: JSON text frames on `ws://<this page's address>/channel`. The
 * one-time token of the printed address was exchanged for a SameSite cookie before this page was
 * served, so the browser proves the session by itself and no secret is in reach of a script.
 */
export function socketWire(page: Location): OpenWire {
  return (events) => {
    const scheme = page.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${page.host}/channel`);
    socket.addEventListener("message", (event: MessageEvent<string>) => {
      events.received(JSON.parse(event.data) as FromHost);
    });
    socket.addEventListener("close", () => events.ended());
    return {
      send: (message) => socket.send(JSON.stringify(message)),
      close: () => socket.close(),
    };
  };
}
