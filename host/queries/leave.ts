import { judgeLeaving } from "../../domain/store/leave-guard.ts";
import { ok } from "../../domain/values/result.ts";
import { type Query, saleIsOpen } from "../commands/command.ts";
import { syncStatusOf } from "../views/network-view.ts";

/** [P2] What stands in the way; whoever asks shows it with the way out. */
export const checkLeaving: Query<"leave.check"> = (till, { what }) => {
  const { unsent, oldestUnsentAtMs, connection } = syncStatusOf(till);
  const isSaleOpen = saleIsOpen(till);
  const isShiftOpen = till.shift !== null;
  return ok({
    ...{ unsent, oldestUnsentAtMs, isSaleOpen, isShiftOpen },
    isOnline: connection === "online",
    ...judgeLeaving(what, { unsent, isSaleOpen, isShiftOpen }),
  });
};
