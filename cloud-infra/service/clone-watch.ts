import type { Clock } from "../../domain/values/ports.ts";
import type { ClonePort, NewestLedger } from "./clone-port.ts";
import type { Caller } from "./receive-facts.ts";
import type { StorePort } from "./store-port.ts";

/**
 * [R2] Watches which ledgers speak for a terminal. Facts that are new come from the ledger of the
 * terminal's newest epoch; from another one they tell of two machines with one identity.
 */
export function createCloneWatch(
  store: ClonePort & Pick<StorePort, "raiseException">,
  clock: Pick<Clock, "now">,
): (caller: Caller, spoken: NewestLedger) => Promise<void> {
  const newest = new Map<string, NewestLedger>();
  const told = new Set<string>();

  return async ({ storeId, terminalId }, spoken) => {
    const known = newest.get(terminalId) ?? (await store.newestLedger(terminalId));
    if (known?.epoch === spoken.epoch && known.ledgerId === spoken.ledgerId) {
      newest.set(terminalId, known);
      return;
    }
    if (known === null || spoken.epoch > known.epoch) {
      await store.noteLedger(terminalId, spoken);
      newest.set(terminalId, spoken);
      return;
    }
    // What a till sends again of its own past: [R3]. In the newest epoch that is known too: whoever goes
    // on with its chain holds it, and its ledger was named anew with an epoch that is yet to come.
    if (known.ledgerId === spoken.ledgerId || known.epoch === spoken.epoch) return;
    const pair = [known.ledgerId, spoken.ledgerId].toSorted();
    if (told.has(`${terminalId} ${pair.join(" ")}`)) return;
    told.add(`${terminalId} ${pair.join(" ")}`);
    const detail = JSON.stringify({ terminalId, epoch: spoken.epoch, ledgerIds: pair });
    const about = { kind: "cloned", subject: terminalId, detail } as const;
    await store.raiseException({ storeId, ...about, atMs: clock.now() });
  };
}
