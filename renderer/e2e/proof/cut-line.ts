import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** The cable between a till and the store server, with somebody's foot near it. */
export interface CutLine {
  /** What to tell the till instead of the server's own address. */
  readonly endpoint: string;
  /** Nothing goes through, nothing is answered, and what was under way is lost. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A TCP line to the server at `endpoint`: TLS goes through it untouched. */
export async function openLine(endpoint: string): Promise<CutLine> {
  const target = new URL(endpoint);
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    endpoint: Object.assign(new URL(endpoint), { port: String(port) }).href,
    cut() {
      whole = false;
      destroyAll();
    },
    mend() {
      whole = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        destroyAll();
      }),
  };
}
