import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createSyncLedger } from "../../host/loops/sync-ledger.ts";
import { openLedger } from "../../ledger/ledger.ts";
import { terminalOf } from "./backlog.ts";
import { startBenchCloud } from "./bench-cloud.ts";
import { benchEngine, until } from "./drain.ts";

export interface Pulled {
  /** Until every good is in the till's ledger, durable and searchable. */
  readonly seconds: number;
  /** How much this process grew meanwhile at its largest, in megabytes of 2^20 bytes. */
  readonly grewMb: number;
}

/** A new till reads a store's goods from a store server. */
export async function pullGoods(folder: string, goods: number): Promise<Pulled> {
  mkdirSync(folder, { recursive: true });
  const cloud = await startBenchCloud(folder);
  try {
    await cloud.importGoods(goods);
    const enrolment = await cloud.enrol();
    const ledger = openLedger(join(folder, "ledger.sqlite"));
    const terminal = terminalOf(enrolment);
    ledger.write(() => ledger.settings.set("terminal", terminal));
    const engine = benchEngine(cloud, createSyncLedger(ledger, terminal), enrolment);
    const beganMb = residentMb();
    let mostMb = beganMb;
    const began = performance.now();
    const done = until(engine, ({ snapshot, cursor }) => {
      mostMb = Math.max(mostMb, residentMb());
      return snapshot === null && cursor > 0;
    });
    engine.start();
    await done;
    const seconds = (performance.now() - began) / 1_000;
    const held = ledger.catalogue.count();
    if (held !== goods) throw new Error(`${held} goods arrived of ${goods}`);
    await engine.stop();
    ledger.close();
    return { seconds, grewMb: mostMb - beganMb };
  } finally {
    await cloud.stop();
  }
}

function residentMb(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}
