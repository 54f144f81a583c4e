import { ledgerProblemOf } from "../../ledger/problem.ts";
import type { StatusView } from "../contract/views.ts";
import type { Till } from "../state/till.ts";
import { deviceViews } from "./device-views.ts";
import { networkView, syncStatusOf } from "./network-view.ts";
import { snapshotView } from "./snapshot-view.ts";

/** The status bar as it stands. */
export function statusView(till: Till): StatusView {
  return {
    network: networkView(readable(() => syncStatusOf(till)) ?? unreadStatus),
    ...deviceViews(till.world.devices),
    printQueue: readable(() => till.ledger.printJobs.counts()) ?? emptyQueue,
    ledgerProblem: till.ledgerProblem,
    snapshot: readable(() => snapshotView(till)),
  };
}

const emptyQueue = { waiting: 0, unknown: 0, failed: 0 };

/** Of a ledger that cannot be read: nothing is known, so nothing is proved. */
const unreadStatus = {
  connection: "offline",
  unsent: 0,
  oldestUnsentAtMs: null,
  provedEqual: false,
  provedAtMs: null,
} as const;

/** Null where the ledger is damaged: the red bar that says so must reach the screen all the same. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (ledgerProblemOf(error) === null) throw error;
    return null;
  }
}
