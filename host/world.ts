import type { Clock, Log, Random } from "../domain/values/ports.ts";
import type { OpenPin } from "../hardware/drawer/drawer.ts";
import type { PaymentTerminal } from "../hardware/payment/port.ts";
import type { Printer } from "../hardware/printer/port.ts";
import type { Scanner } from "../hardware/scanner/port.ts";
import type { StoreNetwork } from "./lan/port.ts";
import type { Transport } from "../sync/engine/ports.ts";
import type { OfficeLine } from "../sync/protocol/office.ts";

/** Everything a till asks of what is outside of it. Shells pass the real ones, the simulator its own. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Null for a till that was never enrolled with a cloud (a replay, a benchmark). */
  readonly transport: Transport | null;
  /** The back office's line to the cloud; absent where nobody looks. */
  readonly office?: OfficeLine | null;
  readonly devices: Devices;
  /** [H2] Null for a till that stands alone. */
  readonly network?: StoreNetwork | null;
}

export interface Devices {
  readonly printer: Printer | null;
  /** The level of the drawer's switch while it is open; `low` on most. */
  readonly drawerOpenPin?: OpenPin;
  readonly scanners: readonly Scanner[];
  readonly payment: PaymentTerminal | null;
}
