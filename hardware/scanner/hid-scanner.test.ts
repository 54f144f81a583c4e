import { describe, expect, it } from "vitest";
import type { Clock, Log, LogFields } from "../../domain/values/ports.ts";
import type { HidBackend } from "./hid-backend.ts";
import { openHidScanner } from "./hid-scanner.ts";
import { createVirtualHid, reportsOf } from "./virtual-hid.ts";

/** A driver on a virtual bus, with its time in the test's hand. */
function drive(backend: HidBackend) {
  const tasks = new Set<() => void>();
  const clock: Clock = {
    now: () => 1_000,
    monotonicMs: () => 0,
    after: (_, task) => {
      tasks.add(task);
      return () => void tasks.delete(task);
    },
  };
  const logged: string[] = [];
  const note = (event: string, fields?: LogFields) => {
    logged.push([event, ...Object.values(fields ?? {})].join(" "));
  };
  const log: Log = { info: note, warn: note, error: note };
  const scanner = openHidScanner({ backend, clock, log });
  const codes: string[] = [];
  scanner.onScan(({ code }) => codes.push(code));
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const look = async () => {
    const due = [...tasks];
    tasks.clear();
    for (const task of due) task();
    await settle();
  };
  return { scanner, codes, logged, look, settle, timers: () => tasks.size };
}

describe("the HID POS driver", () => {
  it("waits without a scanner, and takes every one that is plugged in", async () => {
    const hid = createVirtualHid();
    const { scanner, codes, look, settle } = drive(hid);
    await settle();
    expect(scanner.state()).toMatchObject({ condition: "no-hardware", devices: [] });
    const first = hid.plug({ name: "Voyager 1602g", layout: "honeywell-64" });
    const second = hid.plug({ name: "QuickScan", layout: "counted-62", vendorId: 0x05f9 });
    hid.plug({ name: "Keyboard", layout: "counted-62", usagePage: 1 });
    await look();
    expect(scanner.state().devices).toEqual(["Voyager 1602g", "QuickScan"]);
    hid.scan(first, "4006381333931", "]E0");
    hid.scan(second, "96385074", "]E4");
    expect(codes).toEqual(["4006381333931", "96385074"]);
    hid.unplug(first);
    expect(scanner.state().devices).toEqual(["QuickScan"]);
    await scanner.close();
  });

  it("wakes Honeywell's with their feature report, and no other's", async () => {
    const hid = createVirtualHid();
    const honeywell = hid.plug({ name: "Voyager", layout: "honeywell-64" });
    const other = hid.plug({ name: "QuickScan", layout: "counted-62", vendorId: 0x05f9 });
    const { scanner, settle } = drive(hid);
    await settle();
    expect(hid.featureReports(honeywell)).toEqual([[0xfe, 0x01]]);
    expect(hid.featureReports(other)).toEqual([]);
    await scanner.close();
  });

  it("says which scanner it may not open, tries again, and forgets when it is gone", async () => {
    const hid = createVirtualHid();
    const refuses = "Permission denied";
    const refused = hid.plug({ name: "Voyager", layout: "honeywell-64", refuses });
    const { scanner, look, settle } = drive(hid);
    await settle();
    expect(scanner.state()).toEqual({
      condition: "failure",
      devices: [],
      message: "Voyager cannot be opened: Permission denied",
    });
    hid.plug({ name: "QuickScan", layout: "counted-62" });
    await look();
    expect(scanner.state()).toMatchObject({
      condition: "enabled",
      message: "Ready: QuickScan. Voyager cannot be opened: Permission denied",
    });
    hid.unplug(refused);
    await look();
    expect(scanner.state().message).toBe("Ready: QuickScan");
    await scanner.close();
  });

  it("a machine without HID support sells on, and is asked again", async () => {
    const hid = createVirtualHid();
    hid.plug({ name: "Voyager", layout: "honeywell-64" });
    let installed = false;
    const backend: HidBackend = {
      ...hid,
      devices: () =>
        installed ? hid.devices() : Promise.reject(new Error("no HID support: libusb is missing")),
    };
    const { scanner, look, settle } = drive(backend);
    await settle();
    expect(scanner.state()).toEqual({
      condition: "no-service",
      devices: [],
      message: "no HID support: libusb is missing",
    });
    installed = true;
    await look();
    expect(scanner.state().condition).toBe("enabled");
    await scanner.close();
  });

  it("a scanner pulled out in the middle of a code: its beginning joins nothing", async () => {
    const hid = createVirtualHid();
    let path = hid.plug({ name: "Voyager", layout: "honeywell-64" });
    const { scanner, codes, look, settle } = drive(hid);
    await settle();
    const [first] = reportsOf("honeywell-64", "7".repeat(80), "]Q1");
    hid.report(path, first ?? new Uint8Array());
    hid.unplug(path);
    path = hid.plug({ name: "Voyager", layout: "honeywell-64" });
    await look();
    hid.scan(path, "96385074", "]E4");
    expect(codes).toEqual(["96385074"]);
    await scanner.close();
  });

  it("reports that it cannot read are logged, not scanned", async () => {
    const hid = createVirtualHid();
    const path = hid.plug({ name: "Voyager", layout: "honeywell-64" });
    const { scanner, codes, logged, settle } = drive(hid);
    await settle();
    hid.report(path, new Uint8Array([9, 9, 9]));
    expect(codes).toEqual([]);
    expect(logged).toContain("scanner.unreadable-report Voyager 3");
    await scanner.close();
  });

  it("closing while it looks leaves nothing open and no timer", async () => {
    const hid = createVirtualHid();
    const path = hid.plug({ name: "Voyager", layout: "honeywell-64" });
    const { scanner, codes, timers } = drive(hid);
    await scanner.close();
    hid.scan(path, "96385074", "]E4");
    expect(codes).toEqual([]);
    expect(timers()).toBe(0);
    expect(scanner.state().condition).toBe("closed");
  });
});
