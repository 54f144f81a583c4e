import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SyncStatus } from "../engine/ports.ts";
import { createLineRig, type LineRig, type RigTill } from "./line-rig.ts";

/**
 * A store server that goes and comes back, in every way that one can: how soon its tills have sent
 * what they sold meanwhile. Real processes, real sockets, the times of production.
 */

let rig: LineRig;

beforeEach(async () => {
  rig = await createLineRig({ bypassLine: true });
});

afterEach(async () => {
  await rig.end();
});

const isProved = (status: SyncStatus) => status.provedEqual;
const isOffline = (status: SyncStatus) => status.connection === "offline";
const limitMs = 5_000;
const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1_000));

async function onlineTill(): Promise<RigTill> {
  const till = await rig.startTill();
  till.sell(5);
  await till.until(isProved);
  return till;
}

/** Milliseconds from now until everything is proved; sold meanwhile: `count`. */
async function backAfter(till: RigTill): Promise<number> {
  const startedMs = performance.now();
  await till.until(isProved);
  return performance.now() - startedMs;
}

describe("a store server that comes back", () => {
  it("[L1] killed and started at once: what was sold is there within 5 s", async () => {
    const till = await onlineTill();
    await rig.server().kill();
    till.sell(10);
    await till.until(isOffline);
    await rig.restart();
    expect(await backAfter(till)).toBeLessThan(limitMs);
  });

  it("[L1] away for a while, nobody at its port: within 5 s of its return", async () => {
    const till = await onlineTill();
    await rig.server().kill();
    till.sell(10);
    await till.until(isOffline);
    await seconds(8);
    await rig.restart();
    expect(await backAfter(till)).toBeLessThan(limitMs);
  }, 60_000);

  it("[L1] slow to start: its port takes connections long before it answers", async () => {
    const till = await onlineTill();
    const { port } = rig.server();
    await rig.server().kill();
    till.sell(10);
    await till.until(isOffline);
    const starting = createServer();
    starting.listen(port, "127.0.0.1");
    await once(starting, "listening");
    const waiting = new Set<{ destroy(): void }>();
    starting.on("connection", (socket) => {
      waiting.add(socket);
      socket.on("error", () => undefined);
    });
    await seconds(9);
    for (const socket of waiting) socket.destroy();
    starting.close();
    await once(starting, "close");
    await rig.restart();
    expect(await backAfter(till)).toBeLessThan(limitMs);
  }, 60_000);

  it("[L1] stopped in the middle of everything (SIGSTOP), its port a black hole", async () => {
    const till = await onlineTill();
    rig.server().signal("SIGSTOP");
    till.sell(10);
    await till.until(isOffline);
    await seconds(4);
    rig.server().signal("SIGCONT");
    expect(await backAfter(till)).toBeLessThan(limitMs);
  }, 90_000);

  it("[L1] a line that swallows everything and comes back: within 5 s, on new connections", async () => {
    const till = await rig.startTill({ endpoint: `https://127.0.0.1:${rig.line.port}/graphql` });
    till.sell(5);
    await till.until(isProved);
    rig.line.set("swallow");
    till.sell(10);
    await till.until(isOffline);
    await seconds(6);
    rig.line.set("pass");
    expect(await backAfter(till)).toBeLessThan(limitMs);
  }, 90_000);

  it("[L1] a name that nobody knows says so in words, and sales go on", async () => {
    const endpoint = "https://store-server.invalid/graphql";
    const till = await rig.startTill({ endpoint });
    till.sell(3);
    const { lastError } = await till.until(
      ({ connection, lastError: why }) => connection === "offline" && why !== null,
    );
    expect(lastError).toMatch(/The cloud does not answer/);
    expect(till.engine.status().unsent).toBe(3);
  });
});
