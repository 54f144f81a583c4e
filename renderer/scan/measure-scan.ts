import { useRegister } from "../state/register-store.ts";

const measureName = "evertill:scan-to-paint";

/**
 * Leaves a performance measure "evertill:scan-to-paint" from the scan's last character to the frame
 * that shows its line; a bench reads it with a PerformanceObserver. `detail` is the code. To be
 * called before the command is sent: the host tells of the new line before it answers. Returns how
 * to give up, for a scan that made none.
 */
export function measureScanToPaint(code: string, readAtMs: number): () => void {
  const stop = useRegister.subscribe(({ view }, before) => {
    if (view?.cart?.lines === before.view?.cart?.lines) return;
    stop();
    afterPaint(() => {
      performance.measure(measureName, {
        start: readAtMs,
        end: performance.now(),
        detail: code,
      });
      // Observers were told already; a day's scans would else stay in memory.
      performance.clearMeasures(measureName);
    });
  });
  return stop;
}

/**
 * Runs `task` when what is on its way to the screen is there: a frame is painted before the next
 * task.
 */
function afterPaint(task: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      task();
    });
    port1.start();
    port2.postMessage(null);
  });
}
