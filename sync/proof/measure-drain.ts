import { machineClock } from "../../cloud-infra/local/machine.ts";
import { createLineRig } from "./line-rig.ts";

/** How fast a till's backlog reaches the cloud: real client, real TLS, real service, fsynced. */
export interface DrainFigures {
  readonly facts: number;
  /** Average length of a fact's text. */
  readonly factBytes: number;
  readonly seconds: number;
  readonly factsPerSecond: number;
}

/** Drains `count` sales of four lines each, and resolves when the cloud has proved them. */
export async function measureDrain(count: number): Promise<DrainFigures> {
  const rig = await createLineRig({ bypassLine: true });
  try {
    const till = await rig.startTill();
    await till.until(({ connection }) => connection === "online");
    for (let i = 0; i < count; i++) {
      till.ledger
        .till()
        .sell([0, 1, 2, 3].map((k) => `SKU-${100_000 + ((i * 13 + k * 977) % 50_000)}`));
    }
    const bytes = till.ledger.till().facts.reduce((sum, { body }) => sum + body.length, 0);
    const startedMs = machineClock.monotonicMs();
    till.engine.wake();
    await till.until(({ provedEqual }) => provedEqual);
    const seconds = (machineClock.monotonicMs() - startedMs) / 1000;
    return {
      facts: count,
      factBytes: Math.round(bytes / count),
      seconds,
      factsPerSecond: Math.round(count / seconds),
    };
  } finally {
    await rig.end();
  }
}
