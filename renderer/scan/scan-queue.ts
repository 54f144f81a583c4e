/**
 * Carries out scans one after the other in the order they were read. None is lost while one is
 * under way, and one that fails does not stop those behind it.
 */
export interface ScanQueue<T> {
  accept(scan: T): void;
  /** Scans read and not yet carried out. */
  readonly waiting: number;
}

/** `carryOut` must not reject: what can go wrong with a scan is shown, not thrown. */
export function createScanQueue<T>(
  carryOut: (scan: T) => Promise<void>,
  onDefect: (defect: unknown) => void,
): ScanQueue<T> {
  const scans: T[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    for (let scan = scans[0]; scan !== undefined; scan = scans[0]) {
      try {
        await carryOut(scan);
      } catch (defect) {
        onDefect(defect);
      }
      scans.shift();
    }
    running = false;
  }

  return {
    accept(scan) {
      scans.push(scan);
      if (!running) void run();
    },
    get waiting() {
      return scans.length;
    },
  };
}
