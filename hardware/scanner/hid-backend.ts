/** What the HID scanner driver needs of a machine: node-hid is one, the virtual twin another. */
export interface HidBackend {
  /** Every HID collection of the machine. Rejects when the machine has no HID support. */
  devices(): Promise<readonly HidDevice[]>;
  /** Opens a device for this program. Rejects when it is gone, taken, or not allowed. */
  open(path: string): Promise<HidHandle>;
  /** The report descriptor, or null where the system does not give it (Windows, macOS). */
  reportDescriptor(path: string): Promise<Uint8Array | null>;
}

export interface HidDevice {
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  /** What a person would call it. */
  readonly name: string;
  readonly usagePage: number | null;
  readonly usage: number | null;
}

export interface HidHandle {
  /** Reports begin with their id where the device numbers them, as node-hid's do. */
  onReport(listener: (report: Uint8Array) => void): void;
  /** The device is gone or broken; no report will come any more. */
  onError(listener: (message: string) => void): void;
  sendFeatureReport(bytes: readonly number[]): Promise<void>;
  close(): Promise<void>;
}
