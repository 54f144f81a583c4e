/**
 * Leaves a performance measure "evertill:scan-to-paint" from the scan's last character to the frame that
 * shows its line; a bench reads it with a PerformanceObserver. `detail` is the code.
 */
export function measureScanToPaint(code: string, readAtMs: number): void {
  requestAnimationFrame(() => {
    // The frame is painted before the next task runs.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      performance.measure("evertill:scan-to-paint", {
        start: readAtMs,
        end: performance.now(),
        detail: code,
      });
      // Observers were told already; a day's scans would else stay in memory.
      performance.clearMeasures("evertill:scan-to-paint");
      port1.close();
    });
    port1.start();
    port2.postMessage(null);
  });
}
