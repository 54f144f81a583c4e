import type { CompletedSale } from "../sale/completed-sale.ts";

/** A well-formed sale of `quantityMilli` of each good, for tests. */
export function sampleSale(parts: {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly skus: readonly string[];
  readonly quantityMilli: number;
}): CompletedSale {
  const { saleId, receiptNumber, skus, quantityMilli } = parts;
  const unitPriceMinor = 248;
  const amountMinor = (unitPriceMinor * quantityMilli) / 1000;
  const totalMinor = amountMinor * skus.length;
  return {
    saleId,
    receiptNumber,
    currency: "EUR",
    pricesIncludeTax: true,
    lines: skus.map((sku, i) => ({
      lineNo: i + 1,
      sku,
      name: `Sample good ${sku}`,
      quantityMilli,
      unit: "each",
      unitPriceMinor,
      amountMinor,
      taxCategory: "zero",
      taxRatePpm: 0,
    })),
    totalMinor,
    netMinor: totalMinor,
    taxes: [{ category: "zero", ratePpm: 0, netMinor: totalMinor, taxMinor: 0 }],
    tenders: [{ kind: "cash", amountMinor: totalMinor }],
    changeMinor: 0,
  };
}
