import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Which way bytes travel: `up` is from the till to the store server. */
export type Direction = "up" | "down";

/** A cable between a till and its store server, with everything that befalls cables. */
export interface TcpLine {
  readonly port: number;
  /** Nobody is there, and what stood is gone: with FIN, or with RST. */
  cut(how: "fin" | "reset"): void;
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

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** A TCP proxy on loopback in front of `targetPort`; TLS goes through it untouched. */
export async function openTcpLine(targetPort: number): Promise<TcpLine> {
  const pairs = new Set<Pair>();
  let isCut: "fin" | "reset" | null = null;
  let held: readonly Direction[] = [];
  let limit: { readonly direction: Direction; bytes: number } | null = null;
  let passed = 0;

  function end(pair: Pair, how: "fin" | "reset"): void {
    pairs.delete(pair);
    for (const socket of [pair.near, pair.far]) {
      if (how === "reset" && !socket.destroyed) socket.resetAndDestroy();
      else socket.destroy();
    }
  }
  function endAll(how: "fin" | "reset"): void {
    for (const pair of pairs) end(pair, how);
  }

  function carry(pair: Pair, direction: Direction): void {
    const [from, to] = direction === "up" ? [pair.near, pair.far] : [pair.far, pair.near];
    from.on("error", () => end(pair, "reset"));
    from.on("close", () => end(pair, "fin"));
    from.on("data", (data) => {
      const left = limit?.direction === direction ? limit.bytes : null;
      if (limit !== null && left !== null && data.length >= left) {
        limit = null;
        // The last bytes arrive, and the end right behind them.
        to.end(data.subarray(0, left), () => endAll("fin"));
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

  const server = createServer((near) => {
    if (isCut !== null) {
      near.on("error", () => undefined);
      if (isCut === "reset") near.resetAndDestroy();
      else near.destroy();
      return;
    }
    const pair = { near, far: connect(targetPort, "127.0.0.1") };
    pairs.add(pair);
    carry(pair, "up");
    carry(pair, "down");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    passed: () => passed,
    cut(how) {
      isCut = how;
      endAll(how);
    },
    hold(directions) {
      held = directions;
      for (const { near, far } of pairs) {
        if (directions.includes("up")) near.pause();
        if (directions.includes("down")) far.pause();
      }
    },
    cutAfter(direction, bytes) {
      limit = { direction, bytes };
    },
    mend(what) {
      const wasHeld = held.length > 0;
      isCut = null;
      held = [];
      limit = null;
      if (wasHeld && what === "forget") endAll("reset");
      for (const { near, far } of pairs) {
        near.resume();
        far.resume();
      }
    },
    async close() {
      endAll("fin");
      server.close();
      await once(server, "close");
    },
  };
}
