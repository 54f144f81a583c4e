import type { Log } from "../../domain/values/ports.ts";
import type { Transport } from "../../sync/engine/ports.ts";
import type { KeptEnrolment } from "./enrolment.ts";
import { lateTransport } from "./late-transport.ts";

/** The line to the store server. Its client is loaded when `gate` opens. */
export function cloudTransport(enrolled: KeptEnrolment, gate: Promise<void>, log: Log): Transport {
  return lateTransport(gate, async () => {
    const { createAppsyncTransport } = await import("../../sync/transport/appsync.ts");
    const { trustAuthority } = await import("../../sync/transport/trust.ts");
    const { endpoint, storeId, terminalId, secret, ca } = enrolled;
    if (ca !== null) trustAuthority(ca);
    log.info("cloud client loaded", { endpoint });
    return createAppsyncTransport({ endpoint, storeId, terminalId, secret });
  });
}
