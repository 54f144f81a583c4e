import { type Ending, openTcpProxy, type Pair } from "../../cloud-infra/local/tcp-proxy.ts";

/** Which way bytes travel: `up` is from the till to the store server. */
export type Direction = "up" | "down";

/** A cable between a till and its store server, with everything that befalls cables. */
export interface TcpLine {
  readonly port: number;
  /** Nobody is there, and what stood is gone: with FIN, or with RST. */
  cut(how: Ending): void;
  /**
   * Half-open: connections stand, new ones are taken, and nothing comes through in these
   * directions. What was sent waits, as in a sender's kernel.
   */
  hold(directions: readonly Direction[]): void;
  /**
   * Everything that stands is cut after so many more bytes in this direction, in the middle of
   * whatever they are. Once.
   */
  cutAfter(direction: Direction, bytes: number): void;
  /**
   * All is well again. What was held goes through now (`deliver`), or the connections that were
   * held are reset, as by a router that forgot them (`forget`).
   */
  mend(held: "deliver" | "forget"): void;
  /** Bytes that came through so far. */
  passed(): number;
  close(): Promise<void>;
}

/** A TCP proxy on loopback in front of `targetPort`; TLS goes through it untouched. */
export async function openTcpLine(targetPort: number): Promise<TcpLine> {
  let held: readonly Direction[] = [];
  let limit: { readonly direction: Direction; bytes: number } | null = null;
  let passed = 0;

  function carry(pair: Pair, direction: Direction): void {
    const [from, to] = direction === "up" ? [pair.near, pair.far] : [pair.far, pair.near];
    from.on("data", (data) => {
      const left = limit?.direction === direction ? limit.bytes : null;
      if (limit !== null && left !== null && data.length >= left) {
        limit = null;
        // The last bytes arrive, and the end right behind them.
        to.end(data.subarray(0, left), () => proxy.endAll("fin"));
        return;
      }
      if (limit !== null && left !== null) limit.bytes = left - data.length;
      passed += data.length;
      if (!to.write(data)) {
        from.pause();
        to.once("drain", () => {
          if (!held.includes(direction)) from.resume();
        });
      }
    });
    if (held.includes(direction)) from.pause();
  }

  const proxy = await openTcpProxy(targetPort, (pair) => {
    carry(pair, "up");
    carry(pair, "down");
  });

  return {
    port: proxy.port,
    passed: () => passed,
    cut(how) {
      proxy.refuse(how);
      proxy.endAll(how);
    },
    hold(directions) {
      held = directions;
      for (const { near, far } of proxy.pairs) {
        if (directions.includes("up")) near.pause();
        if (directions.includes("down")) far.pause();
      }
    },
    cutAfter(direction, bytes) {
      limit = { direction, bytes };
    },
    mend(what) {
      const wasHeld = held.length > 0;
      proxy.refuse(null);
      held = [];
      limit = null;
      if (wasHeld && what === "forget") proxy.endAll("reset");
      for (const { near, far } of proxy.pairs) {
        near.resume();
        far.resume();
      }
    },
    close: () => proxy.close(),
  };
}
