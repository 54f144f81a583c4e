import { WebSocket } from "ws";
import type { FromHost } from "../../host/contract/channel.ts";
import { createTillChannel, type TillChannel } from "../../renderer/channel/till-channel.ts";
import type { OpenWire } from "../../renderer/channel/wire.ts";

/**
 * The register's own channel, the renderer's, over a wire of Node's: it comes back by itself
 * after every death.
 */
export async function openRegisterChannel(address: string): Promise<TillChannel> {
  const { origin, host } = new URL(address);
  const answer = await fetch(address, { redirect: "manual" });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  if (cookie === "") throw new Error(`the register's address was refused: ${answer.status}`);
  return createTillChannel(wireTo(`ws://${host}/channel`, { Cookie: cookie, Origin: origin }));
}

function wireTo(url: string, headers: Record<string, string>): OpenWire {
  return (events) => {
    const socket = new WebSocket(url, { headers });
    socket.on("message", (data: Buffer) =>
      events.received(JSON.parse(data.toString("utf8")) as FromHost),
    );
    // "close" follows.
    socket.on("error", () => undefined);
    socket.on("close", () => events.ended());
    return {
      send: (message) => socket.send(JSON.stringify(message), () => undefined),
      close: () => socket.close(),
    };
  };
}
