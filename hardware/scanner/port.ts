/** A barcode scanner as the till sees it. */
export interface Scanner {
  state(): ScannerState;
  onState(listener: (state: ScannerState) => void): () => void;
  onScan(listener: (scan: Scan) => void): () => void;
  close(): Promise<void>;
}

export interface Scan {
  /** The text as it was read: leading zeros and all. */
  readonly code: string;
  /** AIM identifier such as "]E0", where the scanner says it. */
  readonly symbology: string | null;
}

/** After UnifiedPOS. `count` is how many devices are open behind this port. */
export type ScannerState =
  | { readonly kind: "enabled"; readonly count: number }
  /** Nothing plugged in, or unplugged: it is looked for again. */
  | { readonly kind: "offline" }
  /** This machine cannot speak to HID scanners; keyboard scanners work all the same. */
  | { readonly kind: "no-hid-support"; readonly remedy: string };
