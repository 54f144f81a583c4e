/** One read of one code, whatever read it. */
export interface Scan {
  /** The text as the scanner sent it, leading zeros and separators and all. `decodeScan` reads it. */
  readonly code: string;
  /** The AIM identifier ("]E0"), null when the scanner does not say. */
  readonly symbology: string | null;
  readonly source: "hid" | "wedge" | "camera" | "virtual";
  /** Wall time, epoch milliseconds. */
  readonly atMs: number;
}

/**
 * UnifiedPOS's words for a device's state and for why it cannot be enabled:
 * - `closed` closed for good, or not open yet
 * - `enabled` scans come in
 * - `no-hardware` no scanner has been seen
 * - `offline` there was one and it is gone: unplugged, or out of reach
 * - `failure` a scanner is there and cannot be opened
 * - `no-service` this machine cannot talk to such scanners at all
 */
export type ScannerCondition =
  | "closed"
  | "enabled"
  | "no-hardware"
  | "offline"
  | "failure"
  | "no-service";

export interface ScannerState {
  readonly condition: ScannerCondition;
  /** Names of the scanners that scans come from. */
  readonly devices: readonly string[];
  /** What a person should know or do, in English; the condition is what screens translate. */
  readonly message: string;
}

/**
 * A source of scans. It finds its hardware by itself, survives unplugging, and never throws at its
 * listeners' expense; what is wrong is in its state.
 */
export interface Scanner {
  state(): ScannerState;
  /** Calls `listener` for every scan from now on; the returned function ends that. */
  onScan(listener: (scan: Scan) => void): () => void;
  /** Calls `listener` whenever the state changes, not with the present one. */
  onState(listener: (state: ScannerState) => void): () => void;
  /** Lets go of the hardware. No scan comes after it. May be called twice. */
  close(): Promise<void>;
}
