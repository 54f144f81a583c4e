import type { StatusView } from "../contract/views.ts";
import type { Till } from "../state/till.ts";
import { deviceViews } from "./device-views.ts";
import { networkView, syncStatusOf } from "./network-view.ts";

/** The status bar as it stands. */
export function statusView(till: Till): StatusView {
  return {
    network: networkView(syncStatusOf(till)),
    ...deviceViews(till.world.devices),
    printQueue: till.ledger.printJobs.counts(),
    ledgerProblem: till.ledgerProblem,
  };
}
