import { readFile } from "node:fs/promises";
import type { HIDAsync } from "node-hid";
import type { HidBackend, HidHandle } from "./hid-backend.ts";

/**
 * The machine's HID devices through node-hid. Its native part is loaded at the first look, not when
 * the till starts: a machine without libusb sells, and its scanner state says what to install.
 */
export function nodeHidBackend(): HidBackend {
  return {
    devices: async () => {
      const hid = await loadNodeHid();
      const devices = await hid.devicesAsync();
      return devices.flatMap((device) => {
        const { path, vendorId, productId, usagePage = null, usage = null } = device;
        if (path === undefined) return [];
        const name = [device.manufacturer, device.product].filter(Boolean).join(" ").trim();
        return { path, vendorId, productId, usagePage, usage, name: name || "HID scanner" };
      });
    },
    open: async (path) => {
      const hid = await loadNodeHid();
      try {
        return handleOf(await hid.HIDAsync.open(path));
      } catch (error) {
        throw new Error(explainOpenFailure(path, messageOf(error)), { cause: error });
      }
    },
    reportDescriptor: async (path) => {
      const file = descriptorFile(path);
      return file === null ? null : new Uint8Array(await readFile(file));
    },
  };
}

async function loadNodeHid() {
  try {
    const hid = await import("node-hid");
    // The first call of any function loads the native part.
    hid.getHidapiVersion();
    return hid;
  } catch (error) {
    throw new Error(explainLoadFailure(messageOf(error)), { cause: error });
  }
}

function handleOf(device: HIDAsync): HidHandle {
  // An error with nobody listening would end the program.
  device.on("error", () => {});
  return {
    onReport: (listener) => {
      device.on("data", (report: Uint8Array) => listener(new Uint8Array(report)));
    },
    onError: (listener) => {
      device.on("error", (error: unknown) => listener(messageOf(error)));
    },
    sendFeatureReport: async (bytes) => {
      await device.sendFeatureReport([...bytes]);
    },
    close: () => device.close(),
  };
}

/** What a missing system library looks like to the loader, in a sentence with its remedy. */
export function explainLoadFailure(message: string): string {
  const library = /lib(usb|udev)[\w.-]*\.so/.exec(message)?.[1];
  if (library === "usb") return "no HID support: libusb is missing (install libusb-1.0-0)";
  if (library === "udev") return "no HID support: libudev is missing (install libudev1)";
  return `no HID support: ${message}`;
}

/** On Linux a scanner that may not be opened is nearly always a matter of rights. */
export function explainOpenFailure(path: string, message: string): string {
  if (!path.startsWith("/dev/hidraw")) return `${message}. Does another program have it open?`;
  return `${message}. Give the till's user access to ${path}, see docs/guides/scanners.md`;
}

/** Where Linux keeps the report descriptor of a hidraw device; null for every other path. */
export function descriptorFile(path: string): string | null {
  const name = /^\/dev\/(hidraw\d+)$/.exec(path)?.[1];
  return name === undefined ? null : `/sys/class/hidraw/${name}/device/report_descriptor`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
