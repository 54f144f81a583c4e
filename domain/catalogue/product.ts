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
  /** [C3] A price that begins later. */
  readonly pendingPrice?: PendingPrice | undefined;
  /** [C3] By field, of those that were edited one by one: what an edit names as its base. */
  readonly versions?: { readonly [field: string]: string } | undefined;
}

/** A price that counts from the beginning of a business date. Minor units per `unit`. */
export interface PendingPrice {
  /** YYYY-MM-DD, by the store's clock. */
  readonly effectiveOn: string;
  readonly priceMinor: number;
}
