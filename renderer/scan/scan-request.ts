import { useEffectEvent, useLayoutEffect } from "react";

export interface Scan {
  readonly code: string;
  /** AIM symbology identifier where the scanner says it ("]E0"), else null. */
  readonly symbology: string | null;
  /** Set when the code is the barcode at the foot of one of our receipts. */
  readonly receiptNumber: string | null;
}

/** Answers true when it took the scan; false lets it go to the sale. */
export type ScanTaker = (scan: Scan) => boolean;

const takers: ScanTaker[] = [];

/** The pane that asked last is asked first. */
export function offerScan(scan: Scan): boolean {
  return takers.toReversed().some((take) => take(scan));
}

/**
 * While this pane stands, scans are offered to `take` before they go to the sale. They never go
 * into a field.
 */
export function useScanRequest(take: ScanTaker): void {
  const latest = useEffectEvent(take);
  useLayoutEffect(() => {
    const taker: ScanTaker = (scan) => latest(scan);
    takers.push(taker);
    return () => {
      takers.splice(takers.indexOf(taker), 1);
    };
  }, []);
}
