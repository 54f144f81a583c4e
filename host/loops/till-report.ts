import type { TillReport } from "../../sync/protocol/office.ts";
import type { Till } from "../state/till.ts";
import { syncStatusOf } from "../views/network-view.ts";
import { createThroughput } from "./throughput.ts";

/** What this till says of itself to the cloud, for the sync centres of the others. */
export interface TillReporter {
  /** Something moved: look at the mark. */
  note(): void;
  factsPerMinute(): number;
  report(): TillReport;
}

export function createTillReporter(till: Till, program: string): TillReporter {
  const throughput = createThroughput();
  const { clock } = till.world;
  const factsPerMinute = () => throughput.perMinute(clock.monotonicMs());
  return {
    note: () => throughput.sample(till.ledger.sync.mark(), clock.monotonicMs()),
    factsPerMinute,
    report() {
      const { head, oldestUnsentAtMs, clockSkewMs } = syncStatusOf(till);
      return {
        epoch: head.epoch,
        seq: head.seq,
        oldestUnsentAtMs,
        clockSkewMs,
        factsPerMinute: factsPerMinute(),
        program,
      };
    },
  };
}
