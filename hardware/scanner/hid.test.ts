import { describe, expect, it } from "vitest";
import type { Clock, Log } from "../../domain/values/ports.ts";
import { descriptorFile, explainLoadFailure, explainOpenFailure, nodeHidBackend } from "./hid.ts";
import { openHidScanner } from "./hid-scanner.ts";

describe("node-hid, the real one", () => {
  it("lists this machine's devices or says what is missing, and never throws", async () => {
    const clock: Clock = { now: () => 0, monotonicMs: () => 0, after: () => () => {} };
    const log: Log = { info() {}, warn() {}, error() {} };
    const scanner = openHidScanner({ backend: nodeHidBackend(), clock, log });
    await new Promise<void>((resolve) => scanner.onState(() => resolve()));
    const usual = ["no-hardware", "enabled", "failure", "no-service"];
    expect(usual).toContain(scanner.state().condition);
    const { condition, message } = scanner.state();
    expect(condition === "no-service").toBe(message.startsWith("no HID support"));
    await scanner.close();
  });

  it("a device that is not there is refused in words", async () => {
    const opened = nodeHidBackend().open("/dev/hidraw-none");
    await expect(opened).rejects.toThrow(/cannot open|no HID support/);
  });

  it("says what to install", () => {
    // What the loader says on a Debian without libusb, word for word.
    const missing = "libusb-1.0.so.0: cannot open shared object file: No such file or directory";
    expect(explainLoadFailure(missing)).toBe(
      "no HID support: libusb is missing (install libusb-1.0-0)",
    );
    expect(explainLoadFailure(missing.replace("libusb-1.0.so.0", "libudev.so.1"))).toBe(
      "no HID support: libudev is missing (install libudev1)",
    );
    expect(explainLoadFailure("No native build was found")).toBe(
      "no HID support: No native build was found",
    );
    expect(explainOpenFailure("/dev/hidraw0", "cannot open device")).toBe(
      "cannot open device. Give the till's user access to /dev/hidraw0, see docs/guides/scanners.md",
    );
  });

  it("finds the descriptor where Linux keeps it", () => {
    expect(descriptorFile("/dev/hidraw3")).toBe(
      "/sys/class/hidraw/hidraw3/device/report_descriptor",
    );
    expect(descriptorFile("\\\\?\\hid#vid_0c2e")).toBeNull();
    expect(descriptorFile("/dev/../etc/passwd")).toBeNull();
  });
});
