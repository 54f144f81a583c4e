import type { Clock, Log, Random } from "../../domain/values/ports.ts";
import type { SyncEngine, SyncLedger, Transport } from "./ports.ts";

// STAND-IN so that the host compiles until the sync engine lands; whoever builds the engine replaces this file.
export function createSyncEngine(_parts: {
  readonly ledger: SyncLedger;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}): SyncEngine {
  throw new Error("the sync engine has not landed yet");
}
