import type { Clock, Log } from "../../domain/values/ports.ts";
import { type InventoryService, usualRetentionMs } from "../service/inventory-service.ts";

const dayMs = 24 * 3_600_000;

export interface ForgetfulWorld {
  readonly service: Pick<InventoryService, "forgetFeedBefore">;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the feed tells of a fact; 90 days unless told otherwise. */
  readonly retentionMs?: number | undefined;
}

/**
 * [D6] Once a day, and at the start, the feed forgets what is older than the retention. Returns how to
 * stop.
 */
export function forgetDaily(world: ForgetfulWorld): () => void {
  const { service, clock, log, retentionMs = usualRetentionMs } = world;
  let cancel: () => void = () => undefined;
  const forget = () => {
    cancel = clock.after(dayMs, forget);
    service.forgetFeedBefore(clock.now() - retentionMs).catch((error: unknown) => {
      log.error("old feed entries not forgotten", { error: String(error) });
    });
  };
  forget();
  return () => cancel();
}
