import { hash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../protocol/wire.ts";
import { createEngineRig, type EngineRig, rigStartMs } from "./engine-rig.ts";
import { TransportError } from "./ports.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");

/** Enough rounds of the event loop for everything that needs no time. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => void setImmediate(resolve));
}

let rig: EngineRig;

beforeEach(() => {
  rig = createEngineRig({ sha256, settle });
});

afterEach(async () => {
  await rig.engine.stop();
});

const tea: Change = {
  kind: "product",
  product: {
    sku: "tea",
    name: "Tea",
    gtins: [],
    unit: "each",
    taxCategory: "zero",
    priceMinor: 250,
  },
};

describe("download", () => {
  it("[D1] applies pages in order to the feed's end, and tells", async () => {
    rig = createEngineRig({ sha256, settle, tuning: { pageLimit: 2 } });
    const told: number[] = [];
    rig.engine.onChanges((changes) => told.push(changes.length));
    rig.cloud.publish(tea, tea, tea, tea, tea);
    await rig.start();
    expect(told).toEqual([2, 2, 1]);
    expect(rig.engine.status()).toMatchObject({ cursor: 5, feedEnd: 5 });
    expect(rig.ledger.applied).toHaveLength(5);
  });

  it("[D1] a poke means look; without one the feed is polled", async () => {
    await rig.start();
    rig.cloud.publish(tea);
    rig.cloud.poke();
    await rig.clock.advance(10);
    expect(rig.engine.status().cursor).toBe(1);
    rig.cloud.publish(tea);
    await rig.clock.advance(30_000);
    expect(rig.engine.status().cursor).toBe(2);
    rig.cloud.cutSubscriptions();
    rig.cloud.publish(tea);
    await rig.clock.advance(5_000);
    expect(rig.engine.status().cursor).toBe(3);
  });

  it("[D1] what a till's own push caused is looked for when all is sent, and only then", async () => {
    rig = createEngineRig({ sha256, settle, tuning: { firstBatchCount: 2, maxBatchCount: 2 } });
    const pulls = () => rig.cloud.calls.filter((call) => call.startsWith("pull")).length;
    await rig.start();
    const before = pulls();
    await rig.sellAndSend(3);
    // A sale that causes nothing, and what is read already, cost no download.
    rig.cloud.answerNext((answer) => ({ ...answer, news: 0 }));
    await rig.sellAndSend(1);
    expect(pulls()).toBe(before);

    rig.cloud.publish(tea);
    rig.cloud.answerNext((answer) => ({ ...answer, news: 1 }));
    await rig.sellAndSend(5);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, cursor: 1 });
    expect(pulls()).toBe(before + 1);
    const last = rig.cloud.calls.findLastIndex((call) => call.startsWith("push"));
    expect(rig.cloud.calls.findLastIndex((call) => call.startsWith("pull"))).toBeGreaterThan(last);
  });

  it("[D1] a page that cannot be applied is applied later; sales go out meanwhile", async () => {
    rig.cloud.publish(tea);
    rig.ledger.failOnce("applyChanges", new Error("database is locked"));
    rig.sell(1);
    await rig.start();
    expect(rig.engine.status()).toMatchObject({
      cursor: 0,
      unsent: 0,
      lastError: "database is locked",
    });
    await rig.clock.advance(1_000);
    expect(rig.engine.status()).toMatchObject({ cursor: 1, lastError: null });
  });

  it("[D1] says so when the feed ends before the cursor, and sales go on", async () => {
    await rig.start();
    rig.cloud.publish(tea);
    rig.cloud.poke();
    await rig.clock.advance(10);
    const pull = rig.cloud.pull.bind(rig.cloud);
    rig.cloud.pull = async (after, limit, held) => ({
      ...(await pull(after, limit, held)),
      cursor: 0,
      upTo: 0,
    });
    rig.cloud.poke();
    await rig.sellAndSend(1);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, connection: "refused" });
    expect(rig.engine.status().lastError).toContain("ends at 0, this till has read up to 1");
  });
});

describe("liveness", () => {
  it("[L1] is back within 5 s of the cloud, whenever that comes, and asks the smallest question", async () => {
    rig.cloud.failWith("unreachable");
    rig.sell(3);
    await rig.start();
    expect(rig.engine.status()).toMatchObject({ connection: "offline", unsent: 3 });
    await rig.clock.advance(600_000);
    expect(rig.cloud.calls.every((call) => call.startsWith("head"))).toBe(true);
    rig.cloud.failWith(null);
    await rig.clock.advance(3_001);
    expect(rig.engine.status()).toMatchObject({ connection: "online", provedEqual: true });
  });

  it("[L1] tells how its breaker stands: since when, how often it failed, when it tries next and why", async () => {
    const breaker = () => rig.engine.status().breaker;
    expect(breaker()).toMatchObject({ state: "open", sinceMs: null, last: null });
    await rig.start();
    expect(breaker()).toEqual({
      ...{ state: "closed", sinceMs: rigStartMs, failures: 0, nextTryAtMs: null, last: null },
    });
    rig.cloud.failWith("unreachable");
    const downMs = rig.clock.now();
    await rig.sellAndSend(1);
    expect(breaker()).toMatchObject({ state: "open", sinceMs: downMs, failures: 2 });
    expect(breaker().last).toEqual({ kind: "unreachable", atMs: downMs });
    const nextMs = breaker().nextTryAtMs ?? 0;
    expect(nextMs).toBeGreaterThan(rig.clock.now());
    rig.cloud.hang(true);
    await rig.clock.advance(nextMs - rig.clock.now());
    expect(breaker()).toMatchObject({ state: "probing", sinceMs: downMs, nextTryAtMs: null });
    expect(rig.engine.status()).toMatchObject({ trouble: "unreachable" });
    await rig.clock.advance(3_000);
    expect(breaker()).toMatchObject({ failures: 3, last: { kind: "timeout" } });
    rig.cloud.hang(false);
    rig.cloud.failWith(null);
    await rig.clock.advance(3_000);
    expect(breaker()).toMatchObject({ state: "closed", failures: 0, last: { kind: "timeout" } });
  });

  it("[L1] does not hammer a cloud that is down, however many sales are made", async () => {
    rig.cloud.failWith("unreachable");
    await rig.start();
    const before = rig.cloud.calls.length;
    for (let i = 0; i < 100; i++) {
      rig.sell(1);
      rig.engine.wake();
      await rig.clock.advance(100);
    }
    expect(rig.cloud.calls.length - before).toBeLessThanOrEqual(21);
    rig.cloud.failWith(null);
    rig.sell(1);
    rig.engine.wake();
    await rig.clock.advance(500);
    expect(rig.engine.status()).toMatchObject({ connection: "online", unsent: 0 });
  });

  it("[L1] does not hammer a cloud that answers questions and fails at the work", async () => {
    await rig.start();
    const push = rig.cloud.push.bind(rig.cloud);
    let tries = 0;
    rig.cloud.push = () => {
      tries += 1;
      return Promise.reject(new TransportError("unreachable", "its disk is full"));
    };
    await rig.sellAndSend(1);
    await rig.clock.advance(60_000);
    expect(tries).toBeGreaterThan(10);
    expect(tries).toBeLessThan(80);
    expect(rig.engine.status()).toMatchObject({ unsent: 1, lastError: "its disk is full" });
    rig.cloud.push = push;
    await rig.clock.advance(5_000);
    expect(rig.engine.status()).toMatchObject({ provedEqual: true, lastError: null });
  });

  it("[L1] waits for a person when the secret is not known, and recovers", async () => {
    rig.cloud.failWith("unauthorised");
    await rig.start();
    expect(rig.engine.status()).toMatchObject({
      connection: "unauthorised",
      lastError: "scripted: unauthorised",
    });
    await rig.clock.advance(29_000);
    expect(rig.cloud.calls).toHaveLength(1);
    rig.cloud.failWith(null);
    await rig.clock.advance(2_000);
    expect(rig.engine.status().connection).toBe("online");
  });

  it("[L1] subscribes anew as soon as the cloud answers again", async () => {
    await rig.start();
    rig.cloud.failWith("unreachable");
    rig.cloud.cutSubscriptions();
    await rig.clock.advance(20_000);
    expect(rig.engine.status().connection).toBe("offline");
    rig.cloud.failWith(null);
    await rig.clock.advance(5_000);
    rig.cloud.publish(tea);
    rig.cloud.poke();
    await rig.clock.advance(10);
    expect(rig.engine.status().cursor).toBe(1);
  });

  it("[L1] notices at once when the connection breaks and the cloud is gone", async () => {
    await rig.start();
    await rig.clock.advance(1_000);
    rig.cloud.failWith("unreachable");
    rig.cloud.cutSubscriptions();
    await rig.clock.advance(10);
    expect(rig.engine.status().connection).toBe("offline");
  });

  it("[L1] a probe on a connection that died gets company, and the first answer counts", async () => {
    const head = rig.cloud.head.bind(rig.cloud);
    let asked = 0;
    // The first two are never answered: their packets went where nobody is.
    rig.cloud.head = (epoch) => (++asked <= 2 ? new Promise(() => undefined) : head(epoch));
    rig.sell(3);
    await rig.start();
    await rig.clock.advance(5_900);
    expect(rig.engine.status()).toMatchObject({ connection: "offline", unsent: 3 });
    await rig.clock.advance(200);
    expect(rig.engine.status()).toMatchObject({ connection: "online", provedEqual: true });
  });

  it("[L1] builds everything anew when a call never ends", async () => {
    await rig.start();
    rig.cloud.hang(true);
    await rig.sellAndSend(1);
    await rig.clock.advance(50_000);
    rig.cloud.hang(false);
    expect(rig.engine.status().unsent).toBe(1);
    await rig.clock.advance(20_000);
    expect(rig.cloud.resets()).toBeGreaterThan(0);
    expect(rig.logged).toContain("sync.rebuild");
    expect(rig.engine.status()).toMatchObject({ unsent: 0, provedEqual: true });
  });

  it("[L1] builds everything anew when facts wait though the cloud answers", async () => {
    await rig.start();
    const push = rig.cloud.push.bind(rig.cloud);
    rig.cloud.push = () => new Promise<never>(() => undefined);
    const reset = rig.cloud.reset.bind(rig.cloud);
    rig.cloud.reset = () => {
      reset();
      rig.cloud.push = push;
    };
    await rig.sellAndSend(1);
    for (let i = 0; i < 20; i++) {
      rig.cloud.poke();
      await rig.clock.advance(2_000);
    }
    expect(rig.cloud.resets()).toBe(1);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, provedEqual: true });
  });

  it("[L1] measures the clocks' difference and lets it decide nothing", async () => {
    rig.cloud.serverClockAheadMs = 3_600_000;
    await rig.start();
    expect(rig.engine.status().clockSkewMs).toBe(3_600_000);
    rig.clock.jump(-86_400_000);
    await rig.sellAndSend(2);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, provedEqual: true });
    rig.clock.jump(7 * 86_400_000);
    await rig.sellAndSend(2);
    expect(rig.engine.status()).toMatchObject({
      unsent: 0,
      provedEqual: true,
      connection: "online",
    });
  });

  it("[L1] an answer that overtook another is measured by when it came, not by when it is read", async () => {
    await rig.start();
    const push = rig.cloud.push.bind(rig.cloud);
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    rig.cloud.push = async (request) => {
      const answer = await push(request);
      if (request.firstSeq === 1) await held;
      return answer;
    };
    await rig.sellAndSend(500);
    await rig.clock.advance(4_000);
    letGo();
    await rig.clock.advance(1);
    expect(rig.pushes()).toEqual(["push 1/1+250", "push 1/251+250"]);
    expect(rig.measured.slice(-2)).toEqual([
      { skewMs: -2_005, uncertaintyMs: 2_006 },
      { skewMs: 0, uncertaintyMs: 1 },
    ]);
    expect(rig.engine.status()).toMatchObject({ provedEqual: true, clockSkewMs: 0 });
  });

  it("[L1] a measurement during which the clock was set is so much less certain", async () => {
    await rig.start();
    const push = rig.cloud.push.bind(rig.cloud);
    rig.cloud.push = async (request) => {
      const answer = await push(request);
      rig.clock.jump(-60_000);
      return answer;
    };
    await rig.sellAndSend(1);
    expect(rig.measured.at(-1)).toEqual({ skewMs: 60_000, uncertaintyMs: 60_001 });
  });

  it("[L1] the same world runs the same way, seed 20261123", async () => {
    const run = async () => {
      rig = createEngineRig({ sha256, settle });
      rig.engine.start();
      for (const [kind, ms] of [
        ["unreachable", 7_000],
        [null, 3_000],
        ["timeout", 9_000],
        [null, 8_000],
      ] as const) {
        rig.cloud.failWith(kind);
        rig.sell(40);
        rig.engine.wake();
        await rig.clock.advance(ms);
      }
      await rig.engine.stop();
      return rig.cloud.calls;
    };
    const first = await run();
    expect(first.length).toBeGreaterThan(10);
    expect(await run()).toEqual(first);
  });

  it("stops at once, also with a call that never ends", async () => {
    await rig.start();
    rig.cloud.hang(true);
    await rig.sellAndSend(1);
    await rig.engine.stop();
    expect(rig.engine.status().unsent).toBe(1);
  });

  it("tells its listeners of every change, until they leave", async () => {
    const seen: string[] = [];
    const leave = rig.engine.onStatus(({ connection, unsent }) =>
      seen.push(`${connection} ${unsent}`),
    );
    rig.sell(1);
    await rig.start();
    expect(seen.at(-1)).toBe("online 0");
    leave();
    const { length } = seen;
    await rig.sellAndSend(1);
    expect(seen).toHaveLength(length);
  });
});
