/** A good as the store sells it. Prices in minor units of the store's currency per `unit`. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  /** The group of the touch grid it stands in, if any. */
  readonly favourite?: string | undefined;
  /** 14 digits each, see `normaliseGtin`. */
  readonly gtins: readonly string[];
  /** Short number of weighed and loose goods, keyed by hand or inside a scale's barcode. */
  readonly plu?: string | undefined;
  /** Null: the till asks for the price at every sale. */
  readonly priceMinor: number | null;
  readonly unit: "each" | "kg";
  readonly taxCategory: string;
}
