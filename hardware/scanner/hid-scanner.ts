import type { Clock, Log } from "../../domain/values/ports.ts";
import type { HidBackend, HidDevice, HidHandle } from "./hid-backend.ts";
import {
  type Assembly,
  assemble,
  type BarcodeLayout,
  barcodeLayouts,
  nothingAssembled,
  readReport,
} from "./hid-report.ts";
import { createListeners, type Listeners } from "./listeners.ts";
import type { Scan, Scanner, ScannerCondition, ScannerState } from "./port.ts";

export interface HidScannerOptions {
  readonly backend: HidBackend;
  readonly clock: Clock;
  readonly log: Log;
  /** How often plugging and unplugging is looked for, milliseconds; 2,000 when left out. */
  readonly pollMs?: number | undefined;
}

/**
 * All HID POS scanners of the machine as one: each is opened when it is plugged in and again after
 * it was pulled out. Runs until `close`; what is wrong stands in its state, never in an exception.
 */
export function openHidScanner(options: HidScannerOptions): Scanner {
  return new HidScanner(options);
}

/** A scanner that is open, and what has come of its present code. */
interface Session {
  readonly device: HidDevice;
  readonly handle: HidHandle;
  readonly layouts: readonly BarcodeLayout[];
  assembly: Assembly;
}

/** HID POS collections: bar code scanners, badge readers, cordless bases. */
const barcodePage = 0x8c;

/** Honeywell's and Youjie's scanners keep silent until this feature report comes. */
const needFeatureReport = new Set([0x0c2e, 0x23d0]);
const startReporting = [0xfe, 0x01] as const;

class HidScanner implements Scanner {
  readonly #backend: HidBackend;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #pollMs: number;
  readonly #scans: Listeners<Scan>;
  readonly #states: Listeners<ScannerState>;
  readonly #sessions = new Map<string, Session>();
  /** Why a device could not be opened, by its path. */
  readonly #failures = new Map<string, string>();
  #serviceProblem: string | null = null;
  #lastSeen: string | null = null;
  #closed = false;
  #cancelPoll = () => {};
  #looking: Promise<void>;
  #state: ScannerState = { condition: "closed", devices: [], message: "Looking for scanners" };

  constructor({ backend, clock, log, pollMs = 2_000 }: HidScannerOptions) {
    this.#backend = backend;
    this.#clock = clock;
    this.#log = log;
    this.#pollMs = pollMs;
    this.#scans = createListeners(log);
    this.#states = createListeners(log);
    this.#looking = this.#poll();
  }

  state(): ScannerState {
    return this.#state;
  }

  onScan(listener: (scan: Scan) => void): () => void {
    return this.#scans.add(listener);
  }

  onState(listener: (state: ScannerState) => void): () => void {
    return this.#states.add(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelPoll();
    await this.#looking;
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    this.#publish();
    await Promise.allSettled(sessions.map(({ handle }) => handle.close()));
  }

  async #poll(): Promise<void> {
    try {
      await this.#look();
    } catch (error) {
      this.#serviceProblem = messageOf(error);
    }
    if (this.#closed) return;
    this.#publish();
    this.#cancelPoll = this.#clock.after(this.#pollMs, () => {
      this.#looking = this.#poll();
    });
  }

  async #look(): Promise<void> {
    const devices = await this.#backend.devices();
    this.#serviceProblem = null;
    const scanners = new Map(
      devices.filter(({ usagePage }) => usagePage === barcodePage).map((it) => [it.path, it]),
    );
    for (const [path, session] of this.#sessions) {
      if (!scanners.has(path)) await this.#drop(session, "not listed any more");
    }
    for (const path of this.#failures.keys()) {
      if (!scanners.has(path)) this.#failures.delete(path);
    }
    for (const [path, device] of scanners) {
      if (!this.#closed && !this.#sessions.has(path)) await this.#open(device);
    }
  }

  async #open(device: HidDevice): Promise<void> {
    try {
      const handle = await this.#backend.open(device.path);
      const descriptor = await this.#backend.reportDescriptor(device.path).catch(() => null);
      const layouts = descriptor ? barcodeLayouts(descriptor) : [];
      const session: Session = { device, handle, layouts, assembly: nothingAssembled };
      this.#sessions.set(device.path, session);
      this.#failures.delete(device.path);
      this.#lastSeen = device.name;
      handle.onError((message) => void this.#drop(session, message));
      handle.onReport((report) => this.#onReport(session, report));
      if (needFeatureReport.has(device.vendorId)) await this.#startReporting(handle);
    } catch (error) {
      this.#failures.set(device.path, `${device.name} cannot be opened: ${messageOf(error)}`);
    }
  }

  async #startReporting(handle: HidHandle): Promise<void> {
    try {
      await handle.sendFeatureReport(startReporting);
    } catch (error) {
      // Old models have no such report and need none.
      this.#log.warn("scanner.feature-report-failed", { message: messageOf(error) });
    }
  }

  async #drop(session: Session, why: string): Promise<void> {
    const { path, name } = session.device;
    if (this.#sessions.get(path) !== session) return;
    this.#sessions.delete(path);
    this.#log.info("scanner.gone", { device: name, why });
    this.#publish();
    await session.handle.close().catch(() => {});
  }

  #onReport(session: Session, report: Uint8Array): void {
    if (this.#closed || this.#sessions.get(session.device.path) !== session) return;
    const piece = readReport(report, session.layouts);
    if (!piece) {
      const fields = { device: session.device.name, bytes: report.length };
      this.#log.warn("scanner.unreadable-report", fields);
      return;
    }
    const step = assemble(session.assembly, piece, this.#clock.monotonicMs());
    session.assembly = step.assembly;
    if (step.dropped) this.#log.warn("scanner.code-dropped", { why: step.dropped });
    if (!step.code) return;
    const { text, symbology } = step.code;
    this.#scans.tell({ code: text, symbology, source: "hid", atMs: this.#clock.now() });
  }

  #publish(): void {
    const next = this.#closed
      ? { condition: "closed" as const, devices: [], message: "The scanner is closed" }
      : this.#present();
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    this.#log.info("scanner.state", { condition: next.condition, message: next.message });
    this.#states.tell(next);
  }

  #present(): ScannerState {
    const devices = Array.from(this.#sessions.values(), ({ device }) => device.name);
    const state = (condition: ScannerCondition, message: string) => ({
      condition,
      devices,
      message,
    });
    const failures = [...this.#failures.values()];
    if (devices.length > 0) {
      return state("enabled", [`Ready: ${devices.join(", ")}`, ...failures].join(". "));
    }
    if (this.#serviceProblem !== null) return state("no-service", this.#serviceProblem);
    if (failures[0] !== undefined) return state("failure", failures.join(". "));
    if (this.#lastSeen !== null) {
      const what = `${this.#lastSeen} is unplugged or out of reach`;
      return state("offline", `${what}. Plug it in again: the till finds it by itself.`);
    }
    const none = "No scanner in HID POS mode is plugged in";
    return state("no-hardware", `${none}. Scanners in keyboard mode work without.`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
