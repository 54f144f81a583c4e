import { type ControlKey, readOwnBarcode } from "../../hardware/scanner/control-card.ts";
import type { Failure } from "../../host/contract/operations.ts";
import { commandsSettled } from "../command/commands-under-way.ts";
import { sendCommand } from "../command/send-command.ts";
import type { TillChannel } from "../channel/till-channel.ts";
import { pressKey } from "../keyboard/key-handlers.ts";
import { blip, lowDouble } from "../sound/sounds.ts";
import { useEntry } from "../state/entry-store.ts";
import { useNotice } from "../state/notice-store.ts";
import { usePane } from "../state/pane-store.ts";
import { useRegister } from "../state/register-store.ts";
import { claimDeviceScans } from "./scan-ownership.ts";
import { measureScanToPaint } from "./measure-scan.ts";
import { offerScan, type Scan } from "./scan-request.ts";
import { createScanQueue } from "./scan-queue.ts";

/** A code as a scanner gave it, and when its last character arrived (`performance.now()`). */
export interface ReadCode {
  readonly code: string;
  readonly symbology: string | null;
  readonly readAtMs: number;
}

export interface ScanRouter {
  accept(read: ReadCode): void;
  stop(): void;
}

/** Scans wait for a host that restarts for as long as it takes. */
const forEver = new AbortController().signal;

/**
 * The one place that every scan goes through, whatever has the focus. In order: a barcode of the
 * control card is pressed like its key; a pane that asked for a scan is offered it; everything else
 * goes to the sale. A scan never pays and never lands in a field.
 *
 * While paying, goods scanned before any money was taken join the sale and the pay pane stays with
 * the new amount due: the customer who adds gum at the last moment waits for nothing. Once money
 * was taken the host refuses (`TendersTaken`) and says what to do.
 */
export function createScanRouter(
  channel: TillChannel,
  options: { readonly sells: boolean },
): ScanRouter {
  const ownership = claimDeviceScans(window);
  const queue = createScanQueue<ReadCode>(
    (read) => carryOut(channel, read, options.sells),
    (defect) => {
      lowDouble();
      useNotice.getState().showScan({ type: "Defect", defectId: String(defect) });
    },
  );
  const stop = channel.subscribe("scan", ({ code, symbology }) => {
    if (ownership.isOwner) queue.accept({ code, symbology, readAtMs: performance.now() });
  });
  return {
    accept: (read) => queue.accept(read),
    stop() {
      stop();
      ownership.stop();
    },
  };
}

async function carryOut(channel: TillChannel, read: ReadCode, sells: boolean): Promise<void> {
  const own = readOwnBarcode(read.code.replace(/^\][A-Za-z][0-9A-Za-z]/, ""));
  if (own !== null && own !== "malformed" && own.kind === "control") return pressControl(own.key);
  const receiptNumber = own !== null && own !== "malformed" ? own.receiptNumber : null;
  const scan: Scan = { code: read.code, symbology: read.symbology, receiptNumber };
  if (offerScan(scan)) return commandsSettled();
  if (sells) await addToSale(channel, read);
  else lowDouble();
}

/**
 * What the key starts must be over before the next scan means anything: PAY, CASH, then the next
 * customer.
 */
async function pressControl(key: ControlKey): Promise<void> {
  if (!pressKey(key, "card")) {
    lowDouble();
    useNotice.getState().show({ type: "ControlScanned", key });
  }
  await commandsSettled();
}

async function addToSale(channel: TillChannel, read: ReadCode): Promise<void> {
  const { code, symbology } = read;
  const { quantityMilli } = useEntry.getState();
  const giveUpMeasure = measureScanToPaint(code, read.readAtMs);
  const result = await sendCommand(
    channel,
    "cart.scan",
    quantityMilli === null ? { code, symbology } : { code, symbology, quantityMilli },
    forEver,
  );
  if (!result.ok) {
    giveUpMeasure();
    await showFailure(result.failure);
    // A pane that opened looks something up before the next scan means anything to it.
    return commandsSettled();
  }
  useRegister.getState().apply(result.value);
  giveUpMeasure();
  if (quantityMilli !== null) useEntry.setState({ quantityMilli: null });
  useNotice.getState().clear();
  blip();
}

async function showFailure(failure: Failure<"cart.scan">): Promise<void> {
  const panes = usePane.getState();
  switch (failure.type) {
    case "ControlScanned":
      return pressControl(failure.key as ControlKey);
    case "ReceiptScanned":
      panes.open({ kind: "returns", receiptNumber: failure.receiptNumber });
      return;
    case "PriceNeeded":
      lowDouble();
      // One price at a time: the next one waits as a notice and does not stop the line of scans.
      if (panes.pane.kind === "price") useNotice.getState().showScan(failure);
      else panes.open({ kind: "price", product: failure.product });
      return;
    case "NoShift":
      panes.open({ kind: "shift" });
      break;
    default:
  }
  lowDouble();
  useNotice.getState().showScan(failure);
}
