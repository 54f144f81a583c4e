import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** One connection through the proxy: from the till, and on to the server. */
export interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** How connections end: as when a program closes them, or as when nobody knows them any more. */
export type Ending = "fin" | "reset";

export interface TcpProxy {
  readonly port: number;
  readonly pairs: ReadonlySet<Pair>;
  end(pair: Pair, how: Ending): void;
  endAll(how: Ending): void;
  /** From now on nobody is let in; null: everybody is. What stands goes on. */
  refuse(how: Ending | null): void;
  close(): Promise<void>;
}

/**
 * A TCP proxy on loopback in front of `targetPort`, for tests; TLS goes through it untouched.
 * `carry` hears of each connection and moves its bytes, as badly as it likes. Where one end goes,
 * the other goes too.
 */
export async function openTcpProxy(
  targetPort: number,
  carry: (pair: Pair) => void,
): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let refusal: Ending | null = null;

  function end(pair: Pair, how: Ending): void {
    pairs.delete(pair);
    for (const socket of [pair.near, pair.far]) endSocket(socket, how);
  }

  const server = createServer((near) => {
    near.on("error", () => undefined);
    if (refusal !== null) return endSocket(near, refusal);
    const pair = { near, far: connect(targetPort, "127.0.0.1") };
    pairs.add(pair);
    for (const socket of [near, pair.far]) {
      socket.on("error", () => end(pair, "reset"));
      socket.on("close", () => end(pair, "fin"));
    }
    carry(pair);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const endAll = (how: Ending) => {
    for (const pair of pairs) end(pair, how);
  };
  return {
    port: (server.address() as AddressInfo).port,
    pairs,
    end,
    endAll,
    refuse(how) {
      refusal = how;
    },
    async close() {
      endAll("fin");
      server.close();
      await once(server, "close");
    },
  };
}

function endSocket(socket: Socket, how: Ending): void {
  if (how === "reset" && !socket.destroyed) socket.resetAndDestroy();
  else socket.destroy();
}
