import type { Clock } from "../../domain/values/ports.ts";
import { localTime } from "../../domain/values/time.ts";
import type { StorePort } from "./store-port.ts";

/** Often enough for a price that begins at midnight, and for one that a till sent too late. */
const lookEveryMs = 60_000;

/**
 * [C3] Begins pending prices when their day has come by the store's own clock. It is looked at when the
 * store's tills ask for changes, so that no timer has to live in a Lambda.
 */
export function createPriceCalendar(store: StorePort, clock: Pick<Clock, "now">) {
  const timeZones = new Map<string, string>();
  const lookedAtMs = new Map<string, number>();

  async function timeZoneOf(storeId: string): Promise<string | undefined> {
    if (!timeZones.has(storeId)) {
      for (const known of await store.stores()) timeZones.set(known.storeId, known.timeZone);
    }
    return timeZones.get(storeId);
  }

  return async (storeId: string): Promise<void> => {
    const atMs = clock.now();
    const sinceMs = atMs - (lookedAtMs.get(storeId) ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back must not keep a price waiting.
    if (sinceMs >= 0 && sinceMs < lookEveryMs) return;
    lookedAtMs.set(storeId, atMs);
    const timeZone = await timeZoneOf(storeId);
    if (timeZone === undefined) return;
    await store.beginPrices({ storeId, businessDate: localTime(atMs, timeZone).date, atMs });
  };
}
