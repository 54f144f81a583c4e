import { present } from "../domain/values/assert.ts";
import type { Clock } from "../domain/values/ports.ts";
import { openLedger } from "../ledger/ledger.ts";
import { createScriptedCloud, type ScriptedCloud } from "../sync/engine/scripted-cloud.ts";
import { openTestTill, type TestTill, testPin } from "./test-till.ts";

/** A till that has read the store before, with somebody signed in and a shift open, before a scripted cloud. */
export interface CloudTill {
  readonly till: TestTill;
  readonly cloud: ScriptedCloud;
  /** Moves time on until it is so. */
  readonly stepUntil: (isThere: () => boolean | Promise<boolean>) => Promise<void>;
  readonly untilProved: () => Promise<void>;
}

/** Of half a second: far more than anything here takes. */
const mostSteps = 1_000;

export async function openCloudTill(seed: number): Promise<CloudTill> {
  let clock: Pick<Clock, "now"> | null = null;
  const cloud = createScriptedCloud({ now: () => present(clock, "clock").now() } as Clock);
  const till = await openTestTill(seed, { transport: cloud });
  // The till's own may be set: the cloud's stays right.
  clock = { now: till.world.clock.now.bind(till.world.clock) };
  await till.restart(() => {
    const ledger = openLedger(till.ledgerPath);
    ledger.write(() => ledger.snapshot.setSeen({ stamp: "first life", known: 0, read: null }));
    ledger.close();
  });
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  const stepUntil: CloudTill["stepUntil"] = async (isThere) => {
    for (let steps = 0; !(await isThere()); steps++) {
      if (steps === mostSteps) throw new Error(`it is not so after ${mostSteps} steps`);
      till.world.clock.advance(500);
      await new Promise((resolve) => void setImmediate(resolve));
    }
  };
  return {
    ...{ till, cloud, stepUntil },
    untilProved: () =>
      stepUntil(async () => {
        const { network } = await till.do("status.view", {});
        return network.provedEqual;
      }),
  };
}
