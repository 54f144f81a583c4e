import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createEngineRig } from "./engine-rig.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a month offline", () => {
  it("[L2] of 20,000 sales drains in few requests, and what is sold meanwhile comes right behind it", async () => {
    const rig = createEngineRig({ sha256, settle });
    rig.cloud.failWith("unreachable");
    await rig.start();
    rig.sell(20_000);
    await rig.clock.advance(600_000);
    expect(rig.engine.status()).toMatchObject({ connection: "offline", unsent: 20_000 });
    rig.cloud.failWith(null);
    for (let sold = 0; sold < 100; sold++) {
      await rig.clock.advance(100);
      rig.sell(1);
      rig.engine.wake();
    }
    await rig.clock.advance(1_000);
    expect(rig.cloud.chain(1)).toEqual(rig.ledger.till().facts);
    expect(rig.cloud.chain(1)).toHaveLength(20_100);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, provedEqual: true, lastError: null });
    expect(rig.pushes().filter((push) => push.endsWith("+1000")).length).toBeGreaterThan(15);
    await rig.engine.stop();
  }, 60_000);
});
