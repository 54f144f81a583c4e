import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { DeviceView, NetworkView, StatusView } from "../../host/contract/views.ts";
import { useFormats } from "../formatting/use-formats.ts";
import { navigate } from "../router/route.ts";
import { usePane } from "../state/pane-store.ts";
import { useRegister } from "../state/register-store.ts";
import { useStatus } from "../state/status-store.ts";
import classes from "./status-bar.module.css";
import { useNow } from "./use-now.ts";

/**
 * How a chip looks: calm unless somebody should look, or something has stopped. Offline is weather:
 * a hollow mark. Never by colour alone.
 */
type Tone = "calm" | "away" | "look" | "stop";

interface ChipProps {
  readonly name: string;
  readonly tone: Tone;
  readonly text: string;
  readonly onPress?: (() => void) | undefined;
}

function Chip(props: ChipProps) {
  const face = (
    <>
      <span className={classes.mark} data-tone={props.tone} aria-hidden="true" />
      <span className={classes.text}>{props.text}</span>
    </>
  );
  const shared = { className: classes.chip, "data-chip": props.name, "data-tone": props.tone };
  if (props.onPress === undefined) return <span {...shared}>{face}</span>;
  return (
    <button type="button" {...shared} onClick={props.onPress}>
      {face}
    </button>
  );
}

/**
 * Always in sight: network, printer, scanner, drawer, shift, receipt number. A chip opens what
 * belongs to it.
 */
export const StatusBar = memo(function StatusBar() {
  const { t } = useTranslation("status");
  const status = useStatus((state) => state.view);
  const connected = useStatus((state) => state.connected);
  const signedIn = useRegister((state) => (state.view?.person ?? null) !== null);
  const open = usePane((state) => state.open);
  const toPrints = signedIn ? () => open({ kind: "print-jobs" }) : undefined;
  return (
    <footer className={classes.bar} aria-label={t("label")}>
      {!connected && <Chip name="till" tone="look" text={`${t("till")}: ${t("away")}`} />}
      {status !== null && (
        <>
          <NetworkChip network={status.network} />
          <PrinterChip status={status} onPress={toPrints} />
          <DeviceChip name="scanner" device={status.scanner} />
          <DeviceChip name="drawer" device={status.drawer} />
          {status.payment.state !== "ready" && (
            <DeviceChip name="payment" device={status.payment} />
          )}
        </>
      )}
      <ShiftChips />
    </footer>
  );
});

const oneMinuteMs = 60_000;

function NetworkChip(props: { network: NetworkView }) {
  const { t } = useTranslation("status");
  const formats = useFormats();
  const now = useNow(10_000);
  const { network } = props;
  const { state, unsent, oldestUnsentAtMs } = network;
  const parts = [t(state)];
  if (unsent > 0) {
    parts.push(
      oldestUnsentAtMs === null || now - oldestUnsentAtMs < oneMinuteMs
        ? t("sending", { count: unsent })
        : t("sendingAge", { count: unsent, age: formats.age(now - oldestUnsentAtMs) }),
    );
  } else if (network.provedEqual && network.provedAtMs !== null) {
    parts.push(t("proved", { time: formats.time(network.provedAtMs) }));
  }
  const tone = state === "online" ? "calm" : state === "offline" ? "away" : "look";
  return (
    <Chip
      name="network"
      tone={tone}
      text={parts.join(" · ")}
      onPress={() => navigate("/back-office/sync")}
    />
  );
}

function PrinterChip(props: { status: StatusView; onPress: (() => void) | undefined }) {
  const { t } = useTranslation("status");
  const describe = useDeviceText();
  const { printer, printQueue } = props.status;
  const parts = [`${t("printer")} ${describe(printer)}`];
  if (printQueue.waiting > 0) parts.push(t("printsWaiting", { count: printQueue.waiting }));
  if (printQueue.unknown > 0) parts.push(t("printsUnknown", { count: printQueue.unknown }));
  if (printQueue.failed > 0) parts.push(t("printsFailed", { count: printQueue.failed }));
  const asks = printQueue.unknown + printQueue.failed > 0;
  const tone = asks && toneOf(printer) === "calm" ? "look" : toneOf(printer);
  return <Chip name="printer" tone={tone} text={parts.join(" · ")} onPress={props.onPress} />;
}

function DeviceChip(props: { name: "scanner" | "drawer" | "payment"; device: DeviceView }) {
  const { t } = useTranslation("status");
  const describe = useDeviceText();
  const { device, name } = props;
  const count = name === "scanner" && (device.count ?? 0) > 1 ? ` ${device.count}` : "";
  return <Chip name={name} tone={toneOf(device)} text={`${t(name)}${count} ${describe(device)}`} />;
}

function ShiftChips() {
  const { t } = useTranslation("status");
  const formats = useFormats();
  const open = usePane((state) => state.open);
  const signedIn = useRegister((state) => (state.view?.person ?? null) !== null);
  const openedAtMs = useRegister((state) => state.view?.shift?.openedAtMs ?? null);
  const receipt = useRegister((state) => state.view?.terminal.nextReceiptNumber);
  return (
    <>
      <Chip
        name="shift"
        tone="calm"
        text={openedAtMs === null ? t("noShift") : t("shift", { time: formats.time(openedAtMs) })}
        onPress={signedIn ? () => open({ kind: "shift" }) : undefined}
      />
      <span className={classes.end} />
      {receipt !== undefined && (
        <span className={classes.chip} data-chip="receipt">
          {t("receipt", { number: `\u2066${receipt}\u2069` })}
        </span>
      )}
    </>
  );
}

function toneOf(device: DeviceView): Tone {
  switch (device.state) {
    case "attention":
      return "look";
    case "stopped":
      return "stop";
    case "absent":
      return "away";
    default:
      return "calm";
  }
}

/** A device's detail in words where we have them, else its state. */
function useDeviceText(): (device: DeviceView) => string {
  const { t } = useTranslation("status");
  return ({ state, detail }) => (detail === null ? t(`state.${state}`) : t(`detail.${detail}`));
}
