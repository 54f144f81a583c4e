import { afterEach, describe, expect, it } from "vitest";
import type { Clock, Log } from "../../domain/values/ports.ts";
import { openHidScanner } from "./hid-scanner.ts";
import type { Scan, Scanner, ScannerState } from "./port.ts";
import { createVirtualScanner } from "./virtual.ts";
import { createVirtualHid, type HidLayoutName, hidLayoutNames } from "./virtual-hid.ts";

/** A scanner in the hand of the test. */
interface Held {
  readonly scanner: Scanner;
  readonly scan: (code: string, symbology: string) => void;
  readonly unplug: () => void;
  readonly plug: () => void;
  /** Lets the time pass in which a driver notices what happened to its hardware. */
  readonly notice: () => Promise<void>;
}

const wallMs = Date.UTC(2026, 10, 23);
const log: Log = { info() {}, warn() {}, error() {} };

function clockInHand(): Clock & { fire(): void } {
  const tasks = new Set<() => void>();
  return {
    now: () => wallMs,
    monotonicMs: () => 0,
    after: (_, task) => {
      tasks.add(task);
      return () => void tasks.delete(task);
    },
    fire: () => {
      const due = [...tasks];
      tasks.clear();
      for (const task of due) task();
    },
  };
}

async function holdVirtual(): Promise<Held> {
  const scanner = createVirtualScanner({ clock: { now: () => wallMs }, log });
  return Promise.resolve({
    scanner,
    scan: (code, symbology) => scanner.scan(code, symbology),
    unplug: () => scanner.unplug(),
    plug: () => scanner.plug(),
    notice: () => Promise.resolve(),
  });
}

async function holdHid(layout: HidLayoutName, descriptor: null | undefined): Promise<Held> {
  const hid = createVirtualHid();
  const clock = clockInHand();
  let path = hid.plug({ name: "Voyager", layout, descriptor });
  const scanner = openHidScanner({ backend: hid, clock, log });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  await settle();
  return {
    scanner,
    scan: (code, symbology) => {
      if (code !== "") hid.scan(path, code, symbology);
    },
    unplug: () => hid.unplug(path),
    plug: () => {
      path = hid.plug({ name: "Voyager", layout, descriptor });
    },
    notice: async () => {
      clock.fire();
      await settle();
    },
  };
}

/** What every scanner promises, whatever it is made of. */
function scannerContract(create: () => Promise<Held>): void {
  const held: Held[] = [];
  const take = async () => {
    const one = await create();
    held.push(one);
    const scans: Scan[] = [];
    const states: ScannerState[] = [];
    const offScan = one.scanner.onScan((scan) => scans.push(scan));
    const offState = one.scanner.onState((state) => states.push(state));
    return { ...one, scans, states, offScan, offState };
  };
  afterEach(async () => {
    for (const { scanner } of held.splice(0)) await scanner.close();
  });

  it("is enabled when its hardware is there, and says by what name", async () => {
    const { scanner } = await take();
    expect(scanner.state()).toMatchObject({ condition: "enabled" });
    expect(scanner.state().devices.length).toBe(1);
  });

  it("tells every listener each scan once: the text as it was read, the symbology, the time", async () => {
    const { scanner, scan, scans } = await take();
    const others: string[] = [];
    scanner.onScan(({ code }) => others.push(code));
    scan("0000000000017", "]E0");
    scan("01095060001343523103000725\u001d10A", "]C1");
    expect(scans).toMatchObject([
      { code: "0000000000017", symbology: "]E0", atMs: wallMs },
      { code: "01095060001343523103000725\u001d10A", symbology: "]C1", atMs: wallMs },
    ]);
    expect(others).toEqual(scans.map(({ code }) => code));
  });

  it("tells no scan without text", async () => {
    const { scan, scans } = await take();
    scan("", "]E0");
    expect(scans).toEqual([]);
  });

  it("stops telling who asked to stop; a listener that throws hurts nobody", async () => {
    const { scanner, scan, scans, offScan } = await take();
    const others: string[] = [];
    scanner.onScan(() => {
      throw new Error("a screen's bug");
    });
    scanner.onScan(({ code }) => others.push(code));
    scan("96385074", "]E4");
    offScan();
    scan("4006381333931", "]E0");
    expect(scans.length).toBe(1);
    expect(others).toEqual(["96385074", "4006381333931"]);
  });

  it("is offline while unplugged, and comes back by itself", async () => {
    const { scanner, scan, scans, states, unplug, plug, notice } = await take();
    unplug();
    await notice();
    expect(scanner.state()).toMatchObject({ condition: "offline", devices: [] });
    plug();
    await notice();
    scan("96385074", "]E4");
    expect(states.map(({ condition }) => condition)).toEqual(["offline", "enabled"]);
    expect(scans.map(({ code }) => code)).toEqual(["96385074"]);
  });

  it("says a state once, however often it looks", async () => {
    const { states, notice } = await take();
    await notice();
    await notice();
    expect(states).toEqual([]);
  });

  it("is silent once closed, and may be closed twice", async () => {
    const { scanner, scan, scans, states } = await take();
    await scanner.close();
    await scanner.close();
    scan("96385074", "]E4");
    expect(scanner.state()).toMatchObject({ condition: "closed", devices: [] });
    expect(states.map(({ condition }) => condition)).toEqual(["closed"]);
    expect(scans).toEqual([]);
  });
}

describe("scanner contract: virtual", () => {
  scannerContract(holdVirtual);
});

describe.each(hidLayoutNames)("scanner contract: HID POS, layout %s", (layout) => {
  describe("with its descriptor", () => {
    scannerContract(() => holdHid(layout, undefined));
  });
  describe("without", () => {
    scannerContract(() => holdHid(layout, null));
  });
});
