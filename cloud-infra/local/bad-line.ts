import { openTcpProxy } from "./tcp-proxy.ts";

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
  let mode: "pass" | "swallow" | "refuse" = "pass";
  let loss: { readonly bytes: number; readonly happened: () => void } | null = null;

  const proxy = await openTcpProxy(targetPort, (pair) => {
    const { near, far } = pair;
    let asked = 0;
    near.on("data", (data) => {
      if (mode !== "pass") return;
      asked += data.length;
      far.write(data);
    });
    far.on("data", (data) => {
      if (mode !== "pass") return;
      if (loss !== null && asked >= loss.bytes) {
        loss.happened();
        loss = null;
        proxy.end(pair, "fin");
        return;
      }
      asked = 0;
      near.write(data);
    });
  });

  return {
    port: proxy.port,
    set(next) {
      mode = next;
      proxy.refuse(next === "refuse" ? "fin" : null);
      // A swallowed stream has a hole in it: it must not go on.
      if (next !== "swallow") proxy.endAll("fin");
    },
    loseNextAnswer: (bytes) =>
      new Promise((resolve) => {
        loss = { bytes, happened: resolve };
      }),
    close: () => proxy.close(),
  };
}
