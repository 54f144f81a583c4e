import type { Log } from "../../domain/values/ports.ts";
import { sha256 } from "../../ledger/bytes.ts";
import { createSyncEngine } from "../../sync/engine/engine.ts";
import type { SyncEngine, SyncLedger } from "../../sync/engine/ports.ts";
import { writeInLoop } from "../loops/write.ts";
import type { Till } from "../state/till.ts";
import { createHubLedger } from "./hub-ledger.ts";
import { createLostFacts } from "./lost-facts.ts";
import { createRelay } from "./relay.ts";
import { createRelayLoop } from "./relay-loop.ts";
import type { Hub, StoreNetwork } from "./port.ts";
import { createTakeHeard } from "./take-heard.ts";

/** [H2] The till among the store's other tills. */
export interface Lan {
  /** Facts were written: the hub may have them. */
  wake(): void;
  hub(): Hub | null;
  /** [H3] Whether the hub holds every fact of this till. */
  isShared(): boolean;
  stop(): Promise<void>;
}

export interface LanWorld {
  readonly till: Till;
  readonly network: StoreNetwork;
  /** The journal towards the cloud. */
  readonly cloud: SyncLedger;
  /** Other tills' facts were folded. */
  readonly onFacts: () => void;
  readonly onStatus: () => void;
}

/** A hub is near and quick; without its word of growth it is asked often. */
const tuning = { pollMs: 15_000, pollUnpokedMs: 1_000, resubscribeMs: 1_000, proofMs: 60_000 };

export function startLan({ till, network, cloud, onFacts, onStatus }: LanWorld): Lan {
  const { ledger, terminal, world } = till;
  const { terminalId } = terminal;
  const { clock, random } = world;
  const log = named(world.log);
  const write = (work: () => void) => writeInLoop(till, work);
  const takeHeard = createTakeHeard({ ledger, terminal, log });
  let hub: Hub | null = null;
  let stopped = false;

  network.serve(
    createRelay({
      ...{ ledger, clock, sha256, terminalId, write, onFacts },
      fold: takeHeard,
    }),
  );
  const hubLedger = createHubLedger({
    ...{ ledger, cloud, write },
    hubId: () => hub?.hubId ?? "",
    takeFacts: takeHeard,
  });
  const transport = network.line(() => cloud.acked());
  const engine: SyncEngine = createSyncEngine({
    ...{ ledger: hubLedger, transport, clock, random, log, tuning },
  });
  engine.onChanges(onFacts);
  engine.onStatus(onStatus);
  network.onHub((next) => {
    if (stopped) return;
    hub = next;
    transport.reset();
    engine.wake();
    onStatus();
  });
  engine.start();
  const relaying = createRelayLoop({ till, terminalId, log });
  const isShared = () => hub !== null && engine.status().provedEqual;
  const lostFacts = createLostFacts({
    ...{ till, network, log, isShared, onFacts, takeLost: takeHeard, hub: () => hub },
  });
  return {
    wake: () => engine.wake(),
    hub: () => hub,
    isShared,
    async stop() {
      stopped = true;
      relaying.stop();
      lostFacts.stop();
      await engine.stop();
      await network.close();
    },
  };
}

/** The same engine runs towards the cloud: its log must not be taken for this one's. */
function named(log: Log): Log {
  return {
    info: (event, fields) => log.info(`lan.${event}`, fields),
    warn: (event, fields) => log.warn(`lan.${event}`, fields),
    error: (event, fields) => log.error(`lan.${event}`, fields),
  };
}
