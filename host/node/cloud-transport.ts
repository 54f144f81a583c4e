import type { Log } from "../../domain/values/ports.ts";
import type { Transport } from "../../sync/engine/ports.ts";
import type { KeptEnrolment } from "./enrolment.ts";
import { lateTransport } from "./late-transport.ts";

/** The line to the store server, loaded once `gate` opens. */
export function cloudTransport(enrolled: KeptEnrolment, gate: Promise<void>, log: Log): Transport {
  return lateTransport(gate, async () => {
    log.info("cloud client loading", { endpoint: enrolled.endpoint });
    await Promise.resolve();
    throw new Error("the transport has not landed yet");
  });
}
