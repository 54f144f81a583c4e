import type { Till } from "../state/till.ts";
import { statusView } from "../views/status-view.ts";

/** Tells the screens what devices say; the returned function lets go of them. */
export function watchDevices(till: Till): () => void {
  const { printer, scanners, payment } = till.world.devices;
  const changed = () => till.emit({ topic: "status", message: statusView(till) });
  const stops = [
    printer?.onStatus(changed),
    payment?.onState(changed),
    ...scanners.flatMap((scanner) => [
      scanner.onState(changed),
      scanner.onScan(({ code, symbology }) =>
        till.emit({ topic: "scan", message: { code, symbology } }),
      ),
    ]),
  ];
  return () => {
    for (const stop of stops) stop?.();
  };
}
