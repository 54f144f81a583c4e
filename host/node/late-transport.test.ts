import { expect, it } from "vitest";
import type { Transport } from "../../sync/engine/ports.ts";
import { lateTransport } from "./late-transport.ts";

function line(told: string[]): Transport {
  return {
    push: () => Promise.reject(new Error("not asked for here")),
    head: (epoch) => Promise.resolve({ epoch, seq: 7, hash: "h", serverTimeMs: 1 }),
    pull: () => Promise.resolve({ outcome: "page", stamp: null, cursor: 1, upTo: 1, changes: [] }),
    snapshot: () => Promise.reject(new Error("not asked for here")),
    subscribe(onPoke, onConnection) {
      told.push("subscribed");
      onConnection(true);
      onPoke();
      return () => told.push("unsubscribed");
    },
    reset: () => told.push("reset"),
    close() {
      told.push("closed");
      return Promise.resolve();
    },
  };
}

it("is not made before the gate opens; calls made earlier are answered then", async () => {
  const gate = Promise.withResolvers<void>();
  const told: string[] = [];
  let made = 0;
  const transport = lateTransport(gate.promise, () => {
    made++;
    return Promise.resolve(line(told));
  });
  const head = transport.head(3);
  transport.subscribe(
    () => told.push("poke"),
    (connected) => told.push(`connected ${connected}`),
  );
  await Promise.resolve();
  expect(made).toBe(0);
  gate.resolve();
  expect(await head).toMatchObject({ epoch: 3, seq: 7 });
  expect(made).toBe(1);
  expect(told).toEqual(["subscribed", "connected true", "poke"]);
  transport.reset();
  await transport.close();
  expect(told.slice(3)).toEqual(["reset", "closed"]);
});

it("a subscription that was ended before the gate opened never begins", async () => {
  const gate = Promise.withResolvers<void>();
  const told: string[] = [];
  const transport = lateTransport(gate.promise, () => Promise.resolve(line(told)));
  const stop = transport.subscribe(
    () => {},
    () => {},
  );
  stop();
  gate.resolve();
  await transport.head(1);
  expect(told).toEqual([]);
});

it("a client that cannot be loaded is a line that is down, not a crash", async () => {
  const transport = lateTransport(Promise.resolve(), () => Promise.reject(new Error("no file")));
  const heard = new Promise<boolean>((resolve) => transport.subscribe(() => {}, resolve));
  expect(await heard).toBe(false);
  await expect(transport.head(1)).rejects.toThrow("no file");
  await transport.close();
});
