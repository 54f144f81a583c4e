/** \`receiptNumber\`: the receipt whose barcode was scanned in the sale, if that is what opened the pane. */
export function ReturnsPane(_props: { receiptNumber: string | undefined }) {
  return null;
}
