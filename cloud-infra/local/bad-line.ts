import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * A bad network between a till and its cloud: a TCP proxy that cuts, swallows and refuses. For
 * tests.
 */
export interface BadLine {
  readonly port: number;
  /**
   * - `pass`: all is well
   * - `swallow`: connections stand, nothing comes through: a half-open line
   * - `refuse`: nobody is there; what stood is cut
   */
  set(mode: "pass" | "swallow" | "refuse"): void;
  /**
   * The next request of at least `bytes` reaches the cloud; the connection is cut when the answer
   * begins. Resolves then: the cloud has done it, the till will never know.
   */
  loseNextAnswer(bytes: number): Promise<void>;
  close(): Promise<void>;
}

export async function createBadLine(targetPort: number): Promise<BadLine> {
  const sockets = new Set<Socket>();
  let mode: "pass" | "swallow" | "refuse" = "pass";
  let loss: { readonly bytes: number; readonly happened: () => void } | null = null;

  const server = createServer((till) => {
    if (mode === "refuse") {
      till.destroy();
      return;
    }
    const cloud = connect(targetPort, "127.0.0.1");
    let asked = 0;
    const cut = () => {
      till.destroy();
      cloud.destroy();
    };
    for (const socket of [till, cloud]) {
      sockets.add(socket);
      socket.on("error", cut);
      socket.on("close", () => {
        sockets.delete(socket);
        cut();
      });
    }
    till.on("data", (data) => {
      if (mode !== "pass") return;
      asked += data.length;
      cloud.write(data);
    });
    cloud.on("data", (data) => {
      if (mode !== "pass") return;
      if (loss !== null && asked >= loss.bytes) {
        loss.happened();
        loss = null;
        cut();
        return;
      }
      asked = 0;
      till.write(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      mode = next;
      // A swallowed stream has a hole in it: it must not go on.
      if (next !== "swallow") cutAll();
    },
    loseNextAnswer: (bytes) =>
      new Promise((resolve) => {
        loss = { bytes, happened: resolve };
      }),
    async close() {
      cutAll();
      server.close();
      await once(server, "close");
    },
  };
}
