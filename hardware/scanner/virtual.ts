import type { Clock, Log } from "../../domain/values/ports.ts";
import { createListeners } from "./listeners.ts";
import type { Scan, Scanner, ScannerCondition, ScannerState } from "./port.ts";

/** A scanner in software: the demo shell's, and the one that tests hold in their hand. */
export interface VirtualScanner extends Scanner {
  /** Reads a code; nothing happens while it is unplugged or closed, or when there is no text. */
  scan(code: string, symbology?: string | null): void;
  unplug(): void;
  plug(): void;
}

export interface VirtualScannerOptions {
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "error">;
  readonly name?: string | undefined;
}

export function createVirtualScanner(options: VirtualScannerOptions): VirtualScanner {
  const { clock, log, name = "Virtual scanner" } = options;
  const scans = createListeners<Scan>(log);
  const states = createListeners<ScannerState>(log);
  let state = stateOf("enabled", name);

  function enter(condition: ScannerCondition): void {
    if (state.condition === "closed" || state.condition === condition) return;
    state = stateOf(condition, name);
    states.tell(state);
  }

  return {
    state: () => state,
    onScan: (listener) => scans.add(listener),
    onState: (listener) => states.add(listener),
    scan: (code, symbology = null) => {
      if (state.condition !== "enabled" || code === "") return;
      scans.tell({ code, symbology, source: "virtual", atMs: clock.now() });
    },
    unplug: () => enter("offline"),
    plug: () => enter("enabled"),
    close: () => {
      enter("closed");
      return Promise.resolve();
    },
  };
}

function stateOf(condition: ScannerCondition, name: string): ScannerState {
  const message = condition === "enabled" ? `Ready: ${name}` : `${name} is ${condition}`;
  return { condition, devices: condition === "enabled" ? [name] : [], message };
}
