import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../domain/values/ports.ts";
import { openCardRecords } from "./card-records.ts";
import { type CardTerminal, createCardTerminal } from "./card-terminal.ts";
import { type NexoServer, startNexoServer } from "./nexo-server.ts";
import { type DevicesPage, startDevicesPage } from "./page-server.ts";
import { openPaperStore, type PaperStore } from "./paper-store.ts";
import { startVirtualPrinter, type VirtualPrinter } from "./printer-server.ts";

export interface VirtualDevicesOptions {
  /** Where paper and payments are kept; made when it is not there. */
  readonly data: string;
  /** 0 takes a free one, here and below. */
  readonly printerPort: number;
  readonly paperPort: number;
  readonly paymentPort: number;
  readonly clock: Clock;
}

/** A receipt printer with its drawer, a card terminal, and the page that shows both. */
export interface VirtualDevices {
  readonly printer: VirtualPrinter;
  readonly paper: PaperStore;
  readonly terminal: CardTerminal;
  /** Where the till finds the terminal. */
  readonly payment: NexoServer;
  readonly page: DevicesPage;
  close(): Promise<void>;
}

const paperDots = 576;

/** Starts all of them on loopback; rejects where a port is taken, with nothing left running. */
export async function startVirtualDevices(options: VirtualDevicesOptions): Promise<VirtualDevices> {
  const { data, clock } = options;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const paper = openPaperStore(join(data, "paper"), paperDots);
  const terminal = createCardTerminal(openCardRecords(join(data, "payments.jsonl")), clock);
  const open: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const device of open.splice(0).toReversed()) await device.close();
  };
  try {
    const printer = await startVirtualPrinter({
      port: options.printerPort,
      paperDots,
      onTorn: (receipt) => void paper.keep(receipt, clock.now()),
    });
    open.push(printer);
    const payment = await startNexoServer(terminal, options.paymentPort);
    open.push(payment);
    const devices = { printer, paper, terminal };
    const token = tokenOf(join(data, "token"));
    const page = await startDevicesPage(devices, { port: options.paperPort, token });
    open.push(page);
    return { ...devices, payment, page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The page's token: made once, so that an open page and a bookmark go on after a restart. */
function tokenOf(file: string): string {
  try {
    const token = readFileSync(file, "utf8");
    if (/^[\w-]{43}$/.test(token)) return token;
  } catch {
    // The first start.
  }
  const token = randomBytes(32).toString("base64url");
  writeFileSync(file, token, { mode: 0o600 });
  return token;
}
