import { expect, it } from "vitest";
import { createVirtualClock } from "../../sync/engine/virtual-clock.ts";
import type { Candidate } from "./choose-hub.ts";
import type { Relay } from "./port.ts";
import { createStoreNetwork } from "./store-network.ts";

const quiet = { info() {}, warn() {}, error() {} };

async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => void setImmediate(resolve));
}

it("[H2] a till that starts before its network joins the others when it is there", async () => {
  const clock = createVirtualClock(1_795_000_000_000, settle);
  let isThere = false;
  let say = (_: Candidate) => {};
  const network = createStoreNetwork({
    medium: {
      async open(_, onHeard) {
        // As after a power cut: the till is up before the switch.
        if (!isThere) throw new Error("bind EADDRNOTAVAIL 192.168.1.12");
        say = onHeard;
        return { address: "here", port: 1, close: async () => undefined };
      },
      connect: () => ({ call: () => new Promise(() => {}), close() {} }),
    },
    ...{ self: { terminalId: "self", signed: () => true }, tillNumber: 5, life: "own", clock },
    ...{ sign: (text) => text, log: quiet },
  });
  const hubs: (string | null)[] = [];
  network.onHub((hub) => hubs.push(hub?.hubId ?? null));
  network.serve({} as Relay);
  await clock.advance(90_000);
  isThere = true;
  await clock.advance(60_000);
  const heardMs = clock.monotonicMs();
  say({ terminalId: "one", tillNumber: 1, life: "a", address: "there", port: 1, heardMs });
  expect(hubs).toEqual([null, "one/a"]);
  await network.close();
});

it("[H2] a till whose network never comes closes all the same", async () => {
  const clock = createVirtualClock(1_795_000_000_000, settle);
  let tries = 0;
  const network = createStoreNetwork({
    medium: {
      async open() {
        tries++;
        throw new Error("EADDRNOTAVAIL");
      },
      connect: () => ({ call: () => new Promise(() => {}), close() {} }),
    },
    ...{ self: { terminalId: "self", signed: () => true }, tillNumber: 5, life: "own", clock },
    ...{ sign: (text) => text, log: quiet },
  });
  network.serve({} as Relay);
  await clock.advance(1_000);
  await network.close();
  const before = tries;
  await clock.advance(60_000);
  expect(tries).toBe(before);
});
