import type { Scan } from "../../../scan/scan-request.ts";

/**
 * The receipt number in the barcode at a receipt's foot ("EVR-2-004711"), null for any other scan: goods go
 * to the sale even while a pane asks for a receipt.
 */
export function scannedReceipt({ code }: Scan): string | null {
  return /EVR-([A-Z0-9][A-Z0-9-]{0,31})\s*$/i.exec(code)?.[1] ?? null;
}
