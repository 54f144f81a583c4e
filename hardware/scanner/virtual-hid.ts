import { assert, present } from "../../domain/values/assert.ts";
import type { HidBackend, HidDevice, HidHandle } from "./hid-backend.ts";

/**
 * HID POS scanners made of nothing: their descriptors, their reports byte by byte, and a USB bus to
 * plug them into. The driver cannot tell the difference.
 */

/** The public layouts of Scanned Data Reports, by what they have and their length with the id. */
export const hidLayoutNames = ["honeywell-64", "counted-62", "uncounted-61"] as const;
export type HidLayoutName = (typeof hidLayoutNames)[number];

const dataLength = 56;

/** The report descriptor of a scanner with this layout, a fresh copy. */
export function descriptorOf(name: HidLayoutName): Uint8Array {
  const byteCount = [0x05, 0x01, 0x95, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x05, 0x8c];
  const vendorBytes = [0x06, 0x66, 0xff, 0x95, 0x02, 0x09, 0x04, 0x81, 0x02, 0x05, 0x8c];
  return Uint8Array.from([
    ...[0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0x09, 0x12, 0xa1, 0x02],
    ...[0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08],
    ...(name === "uncounted-61" ? [] : byteCount),
    ...[0x95, 0x03, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02],
    ...[0x95, dataLength, 0x09, 0xfe, 0x82, 0x02, 0x01],
    ...(name === "honeywell-64" ? vendorBytes : []),
    ...[0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02],
    ...[0x75, 0x07, 0x81, 0x03, 0xc0, 0xc0],
  ]);
}

/** The reports that a scanner sends for one code, `symbology` an AIM identifier. */
export function reportsOf(name: HidLayoutName, code: string, symbology: string): Uint8Array[] {
  assert(
    /^\][A-Za-z][0-9A-Za-z]$/.test(symbology),
    "an AIM identifier is ], a letter, a character",
  );
  const bytes = new TextEncoder().encode(code);
  const reports: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += dataLength) {
    const data = bytes.subarray(at, at + dataLength);
    const report = new Uint8Array(Number(name.slice(-2)));
    const aimAt = name === "uncounted-61" ? 1 : 2;
    report[0] = 2;
    if (aimAt === 2) report[1] = data.length;
    report.set(new TextEncoder().encode(symbology), aimAt);
    report.set(data, aimAt + 3);
    report[report.length - 1] = at + dataLength < bytes.length ? 1 : 0;
    reports.push(report);
  }
  return reports;
}

/** A USB bus with virtual scanners on it. */
export interface VirtualHid extends HidBackend {
  /** Plugs a scanner in and returns its path. */
  plug(scanner: VirtualHidScanner): string;
  /** Pulls it out: whoever has it open hears an error. */
  unplug(path: string): void;
  /** Reads a code with it; nothing happens when nobody has it open. */
  scan(path: string, code: string, symbology: string): void;
  /** Sends one report as it is. */
  report(path: string, bytes: Uint8Array): void;
  /** Feature reports that the driver sent to it. */
  featureReports(path: string): readonly (readonly number[])[];
}

export interface VirtualHidScanner {
  readonly name: string;
  readonly layout: HidLayoutName;
  readonly vendorId?: number | undefined;
  /** Null: the system does not give descriptors. */
  readonly descriptor?: Uint8Array | null | undefined;
  /** Why it cannot be opened. */
  readonly refuses?: string | undefined;
  /** Page and usage of its collection; a scanner's when left out. */
  readonly usagePage?: number | undefined;
}

interface Plugged extends VirtualHidScanner {
  readonly device: HidDevice;
  readonly features: (readonly number[])[];
  reportListener: ((report: Uint8Array) => void) | null;
  errorListener: ((message: string) => void) | null;
}

export function createVirtualHid(): VirtualHid {
  const plugged = new Map<string, Plugged>();
  let made = 0;
  const at = (path: string) => present(plugged.get(path), `the virtual scanner ${path}`);

  function open(path: string): Promise<HidHandle> {
    const scanner = plugged.get(path);
    if (!scanner) return Promise.reject(new Error(`cannot open device with path ${path}`));
    if (scanner.refuses) return Promise.reject(new Error(scanner.refuses));
    return Promise.resolve({
      onReport: (listener) => {
        scanner.reportListener = listener;
      },
      onError: (listener) => {
        scanner.errorListener = listener;
      },
      sendFeatureReport: (bytes) => {
        scanner.features.push(bytes);
        return Promise.resolve();
      },
      close: () => {
        scanner.reportListener = null;
        scanner.errorListener = null;
        return Promise.resolve();
      },
    });
  }

  return {
    devices: () => Promise.resolve(Array.from(plugged.values(), ({ device }) => device)),
    open,
    reportDescriptor: (path) => {
      const { descriptor, layout } = at(path);
      return Promise.resolve(descriptor === undefined ? descriptorOf(layout) : descriptor);
    },
    plug: (scanner) => {
      made++;
      const path = `virtual-hid-${made}`;
      const { name, vendorId = 0x0c2e, usagePage = 0x8c } = scanner;
      const device = { path, vendorId, productId: 0x0b61, name, usagePage, usage: 2 };
      const idle = { features: [], reportListener: null, errorListener: null };
      plugged.set(path, { ...scanner, device, ...idle });
      return path;
    },
    unplug: (path) => {
      const scanner = at(path);
      plugged.delete(path);
      scanner.errorListener?.("could not read from HID device");
    },
    scan: (path, code, symbology) => {
      for (const report of reportsOf(at(path).layout, code, symbology)) {
        at(path).reportListener?.(report);
      }
    },
    report: (path, bytes) => at(path).reportListener?.(bytes),
    featureReports: (path) => at(path).features,
  };
}
