import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { realClock, realRandom } from "../../host/node/machine.ts";
import { createSyncEngine } from "../../sync/engine/engine.ts";
import type { SyncEngine, SyncLedger, SyncStatus } from "../../sync/engine/ports.ts";
import type { Enrolment } from "../../sync/protocol/wire.ts";
import { createAppsyncTransport } from "../../sync/transport/appsync.ts";
import { type BacklogSize, openTillLedger, writeBacklog } from "./backlog.ts";
import { type BenchCloud, startBenchCloud } from "./bench-cloud.ts";

const otherStore = "0195d7a0-0000-7000-8000-0000000000f2";
const quiet = { info() {}, warn() {}, error() {} };

/** The real engine over the real aws-amplify client. */
export function benchEngine(
  cloud: BenchCloud,
  ledger: SyncLedger,
  enrolment: Enrolment,
): SyncEngine {
  const transport = createAppsyncTransport({ endpoint: cloud.endpoint, ...enrolment });
  return createSyncEngine({ ledger, transport, clock: realClock, random: realRandom, log: quiet });
}

/** Resolves with the first status that holds. */
export function until(
  engine: SyncEngine,
  holds: (status: SyncStatus) => boolean,
): Promise<SyncStatus> {
  return new Promise((resolve) => {
    const leave = engine.onStatus((status) => {
      if (!holds(status)) return;
      leave();
      resolve(status);
    });
  });
}

/**
 * Seconds in which a till sends its backlog to a new store server, until both sides are proved equal. The
 * till is on line before: what is measured is the way of the facts.
 */
export async function drain(folder: string, size: BacklogSize): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const cloud = await startBenchCloud(folder);
  try {
    // The server has run for a while; in another store, whose feed this till does not read.
    await cloud.addStore(otherStore);
    const warm = await cloud.enrol(otherStore);
    await drainTill(cloud, warm, join(folder, "warm.sqlite"), { sales: 1_000, movements: 0 });
    return await drainTill(cloud, await cloud.enrol(), join(folder, "ledger.sqlite"), size);
  } finally {
    await cloud.stop();
  }
}

async function drainTill(cloud: BenchCloud, enrolment: Enrolment, path: string, size: BacklogSize) {
  const { ledger, sync } = openTillLedger(path, enrolment);
  const engine = benchEngine(cloud, sync, enrolment);
  const ready = until(engine, ({ provedEqual, snapshot, cursor }) => {
    return provedEqual && snapshot === null && cursor > 0;
  });
  engine.start();
  await ready;
  writeBacklog(ledger, enrolment, size);
  const proved = until(engine, ({ provedEqual, unsent }) => provedEqual && unsent === 0);
  const began = performance.now();
  engine.wake();
  await proved;
  const seconds = (performance.now() - began) / 1_000;
  await engine.stop();
  ledger.close();
  return seconds;
}
