import { unreachable } from "../../domain/values/assert.ts";
import { drawerState } from "../../hardware/drawer/drawer.ts";
import type { PaymentTerminal } from "../../hardware/payment/port.ts";
import { conditionOf, type Printer } from "../../hardware/printer/port.ts";
import type { Scanner } from "../../hardware/scanner/port.ts";
import type { DeviceView, StatusView } from "../contract/views.ts";
import type { Devices } from "../world.ts";

const absent: DeviceView = { state: "absent", detail: null };

export function deviceViews(
  devices: Devices,
): Pick<StatusView, "printer" | "drawer" | "scanner" | "payment"> {
  return {
    printer: devices.printer === null ? absent : printerView(devices.printer),
    drawer: drawerView(devices),
    scanner: scannerView(devices.scanners),
    payment: devices.payment === null ? absent : paymentView(devices.payment),
  };
}

function printerView(printer: Printer): DeviceView {
  const condition = conditionOf(printer.status());
  switch (condition) {
    case "ready":
      return { state: "ready", detail: null };
    case "paper-near-end":
    case "connecting":
      return { state: "attention", detail: condition };
    case "no-answer":
    case "closed":
      return { state: "stopped", detail: "offline" };
    case "unreachable":
    case "cover-open":
    case "paper-out":
    case "offline":
    case "error":
    case "busy":
      return { state: "stopped", detail: condition };
    default:
      return unreachable(condition);
  }
}

/** A drawer hangs on its printer, so it is known only while the printer speaks. */
function drawerView({ printer, drawerOpenPin }: Devices): DeviceView {
  const state =
    printer === null ? "unknown" : drawerState(printer.status(), drawerOpenPin ?? "low");
  if (state === "unknown") return absent;
  return { state: "ready", detail: state };
}

/** Keyboard scanners need no driver and cannot be counted: none found is not a fault. */
function scannerView(scanners: readonly Scanner[]): DeviceView {
  const states = scanners.map((scanner) => scanner.state());
  const count = states.reduce((sum, { devices }) => sum + devices.length, 0);
  for (const { condition } of states) {
    if (condition === "failure" || condition === "offline") {
      return { state: "attention", detail: condition, count };
    }
  }
  if (count > 0) return { state: "ready", detail: null, count };
  const withoutDriver = states.some(({ condition }) => condition === "no-service");
  return { state: "ready", detail: withoutDriver ? "no-service" : "keyboard-only", count };
}

function paymentView(terminal: PaymentTerminal): DeviceView {
  const state = terminal.state();
  switch (state) {
    case "ready":
      return { state: "ready", detail: null };
    case "busy":
      return { state: "attention", detail: "busy" };
    case "unreachable":
      return { state: "stopped", detail: "unreachable" };
    default:
      return unreachable(state);
  }
}
