import { createScriptedCloud, type ScriptedCloud } from "../sync/engine/scripted-cloud.ts";
import type { Change } from "../sync/protocol/wire.ts";
import { openTestTill, testPin, type TestTill } from "./test-till.ts";

/** A till and the cloud that it speaks to, whose every word a test makes. */
export interface TestOffice {
  readonly till: TestTill;
  readonly cloud: ScriptedCloud;
  asManager(): Promise<void>;
  /** Until the till has read the feed to its end and sent what it has. */
  inStep(): Promise<void>;
  tell(...changes: Change[]): Promise<void>;
}

const seed = 20_261_123;

export async function openTestOffice(): Promise<TestOffice> {
  // By the till's clock, once there is one.
  const cloud: ScriptedCloud = createScriptedCloud({
    now: () => till.world.clock.now(),
    monotonicMs: () => till.world.clock.monotonicMs(),
    after: () => () => undefined,
  });
  const till = await openTestTill(seed, { transport: cloud });

  async function inStep(): Promise<void> {
    for (let turn = 0; turn < 400; turn++) {
      await till.do("sync.wake", {});
      await new Promise((resolve) => setImmediate(resolve));
      till.world.clock.advance(250);
      const { network, cursor, feedEnd } = await till.do("sync.view", {});
      if (network.provedEqual && cursor === feedEnd) return;
    }
    throw new Error(`not in step: ${cloud.calls.slice(-8).join("; ")}`);
  }

  await inStep();
  return {
    ...{ till, cloud, inStep },
    async asManager() {
      await till.do("session.sign-in", { personId: "noa", pin: testPin });
    },
    async tell(...changes) {
      cloud.publish(...changes);
      cloud.poke();
      await inStep();
    },
  };
}
