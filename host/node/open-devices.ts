import type { Log } from "../../domain/values/ports.ts";
import { createNexoTerminal } from "../../hardware/payment/nexo.ts";
import { printerProfile } from "../../hardware/printer/profile.ts";
import { createTcpPrinter } from "../../hardware/printer/tcp.ts";
import { nodeHidBackend } from "../../hardware/scanner/hid.ts";
import { openHidScanner } from "../../hardware/scanner/hid-scanner.ts";
import type { Devices } from "../world.ts";
import { realClock } from "./machine.ts";
import type { TillOptions } from "./till-options.ts";

/** The real devices of this till. One that is away is said on the screen and looked for again. */
export function openDevices(options: TillOptions, terminalId: string, log: Log): Devices {
  const { printer, payment } = options;
  return {
    printer:
      printer === null
        ? null
        : createTcpPrinter({
            ...printer,
            profile: printerProfile("epson-80mm"),
            connection: "held",
            log,
          }),
    scanners: [openHidScanner({ backend: nodeHidBackend(), clock: realClock, log })],
    payment:
      payment === null
        ? null
        : createNexoTerminal({
            url: payment,
            saleId: terminalId,
            poiId: "POI",
            clock: realClock,
            log,
          }),
  };
}

/** Lets go of them, after the host did. */
export async function closeDevices({ printer, scanners, payment }: Devices): Promise<void> {
  await Promise.all([
    printer?.close(),
    payment?.close(),
    ...scanners.map((scanner) => scanner.close()),
  ]);
}
