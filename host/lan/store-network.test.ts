import { expect, it } from "vitest";
import { TransportError } from "../../sync/engine/ports.ts";
import { createVirtualClock } from "../../sync/engine/virtual-clock.ts";
import type { Candidate } from "./choose-hub.ts";
import type { HubTalk } from "./hub-line.ts";
import type { Relay } from "./port.ts";
import { createStoreNetwork } from "./store-network.ts";

const quiet = { info() {}, warn() {}, error() {} };

/** A till that hears what the test says, and speaks to `talk`. */
async function openNetwork(talk: Partial<HubTalk> = {}) {
  const clock = createVirtualClock(1_795_000_000_000, () => Promise.resolve());
  let say = (_: Candidate) => {};
  const network = createStoreNetwork({
    medium: {
      async open(_, onHeard) {
        say = onHeard;
        return { address: "here", port: 1, close: async () => undefined };
      },
      connect: () => ({ call: () => new Promise(() => {}), close() {}, ...talk }),
    },
    ...{ self: { terminalId: "self", signed: () => true }, tillNumber: 5, life: "own", clock },
    ...{ sign: (text) => text, log: quiet },
  });
  network.serve({} as Relay);
  await Promise.resolve();
  const hubs: (string | null)[] = [];
  network.onHub((hub) => hubs.push(hub?.hubId ?? null));
  const beacon = (life: string) => {
    const place = { terminalId: "one", tillNumber: 1, life, address: life, port: 1 };
    say({ ...place, heardMs: clock.monotonicMs() });
  };
  return { clock, network, hubs, beacon };
}

it("[R2] [H2] of two machines with one name the hub is the one heard last, and does not change with each beacon", async () => {
  const { clock, hubs, beacon, network } = await openNetwork();
  beacon("first");
  for (let second = 0; second < 5; second++) {
    beacon("second");
    beacon("first");
    await clock.advance(1_000);
  }
  expect(hubs).toEqual([null, "one/first", "one/second"]);
  await clock.advance(4_000);
  beacon("first");
  expect(hubs.at(-1)).toBe("one/first");
  await network.close();
});

it("[U6] [H2] a hub that takes no request so large stays the hub: it gets the same in parts", async () => {
  const tooLarge = new TransportError("too-large", "413");
  const { hubs, beacon, network } = await openNetwork({ call: () => Promise.reject(tooLarge) });
  beacon("first");
  await expect(network.ask("hearsay", { bodies: [] })).rejects.toBe(tooLarge);
  await expect(network.ask("claim", { suspensionId: "s" })).rejects.toBe(tooLarge);
  expect(hubs).toEqual([null, "one/first"]);
  await network.close();
});

it("[H6] [V3] a hub of the version before, which does not know a message, stays the hub", async () => {
  const unheardOf = new TransportError("refused", "404");
  const { hubs, beacon, network } = await openNetwork({ call: () => Promise.reject(unheardOf) });
  beacon("first");
  await expect(network.ask("lost", { after: 0 })).rejects.toBe(unheardOf);
  expect(hubs).toEqual([null, "one/first"]);
  await expect(network.ask("claim", { suspensionId: "s" })).rejects.toBe(unheardOf);
  expect(hubs.at(-1)).not.toBe("one/first");
  await network.close();
});
