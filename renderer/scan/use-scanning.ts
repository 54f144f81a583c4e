import { useEffect } from "react";
import { useChannel } from "../channel/channel-context.tsx";
import { lowDouble } from "../sound/sounds.ts";
import { useNotice } from "../state/notice-store.ts";
import { listenToWedge } from "./listen-to-wedge.ts";
import { createScanRouter } from "./scan-router.ts";

/**
 * Makes this window hear scanners. `sells`: scans that no pane asked for go to the sale; elsewhere
 * (back office) they only beep, so that a manager's scan never rings up goods on a till nobody
 * looks at.
 */
export function useScanning(sells: boolean): void {
  const channel = useChannel();
  useEffect(() => {
    const router = createScanRouter(channel, { sells });
    const stopWedge = listenToWedge(window, {
      scanned: (code, readAtMs) => router.accept({ code, symbology: null, readAtMs }),
      unread: (text) => {
        lowDouble();
        useNotice.getState().showScan({ type: "ScanUnread", code: text });
      },
    });
    return () => {
      stopWedge();
      router.stop();
    };
  }, [channel, sells]);
}
