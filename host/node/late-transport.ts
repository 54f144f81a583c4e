import type { Transport } from "../../sync/engine/ports.ts";

/**
 * A transport that is made only after `gate`: its client is large, and a till sells before it has a line.
 * Calls made earlier wait; nothing is lost, for the journal is the queue.
 */
export function lateTransport(gate: Promise<unknown>, make: () => Promise<Transport>): Transport {
  let isOpen = false;
  let closed = false;
  const real = gate.then(() => {
    if (closed) throw new Error("the till is closing");
    isOpen = true;
    return make();
  });
  // Whoever calls hears of a failure; without a call it is nobody's.
  real.catch(() => {});

  return {
    push: async (request) => (await real).push(request),
    head: async (...asked) => (await real).head(...asked),
    pull: async (...wanted) => (await real).pull(...wanted),
    snapshot: async (...wanted) => (await real).snapshot(...wanted),
    subscribe(onPoke, onConnection) {
      let stopped = false;
      let stop = () => {};
      real.then(
        (transport) => {
          if (!stopped) stop = transport.subscribe(onPoke, onConnection);
        },
        () => onConnection(false),
      );
      return () => {
        stopped = true;
        stop();
      };
    },
    reset: () => void real.then((transport) => transport.reset()).catch(() => {}),
    async close() {
      closed = true;
      if (!isOpen) return;
      const transport = await real.catch(() => null);
      await transport?.close();
    },
  };
}
