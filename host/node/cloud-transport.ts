import type { Log } from "../../domain/values/ports.ts";
import type { Transport } from "../../sync/engine/ports.ts";
import type { OfficeLine } from "../../sync/protocol/office.ts";
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

/** The back office's line: the client of the cloud is loaded with the first question. */
export function cloudOffice(enrolled: KeptEnrolment): OfficeLine {
  let line: Promise<OfficeLine> | null = null;
  async function open(): Promise<OfficeLine> {
    const { createAppsyncOffice } = await import("../../sync/transport/appsync.ts");
    const { trustAuthority } = await import("../../sync/transport/trust.ts");
    const { endpoint, storeId, terminalId, secret, ca } = enrolled;
    if (ca !== null) trustAuthority(ca);
    return createAppsyncOffice({ endpoint, storeId, terminalId, secret });
  }
  const ready = () => (line ??= open());
  return {
    tills: async () => (await ready()).tills(),
    proof: async (businessDate) => (await ready()).proof(businessDate),
    evidence: async (...asked) => (await ready()).evidence(...asked),
  };
}
