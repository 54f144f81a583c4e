import type { PricingRules } from "../pricing/price-cart.ts";

/** What head office decides for a store, and a till needs to know. */
export interface StoreSettings {
  readonly storeId: string;
  readonly storeName: string;
  readonly addressLines: readonly string[];
  readonly receiptFooter: readonly string[];
  /** IANA name, e.g. "Europe/Berlin". */
  readonly timeZone: string;
  readonly pricing: PricingRules;
  /** In-store barcodes of weighed goods, see hardware/scanner/in-store-template.ts. */
  readonly weighedTemplates: readonly string[];
  /** [C5] What one gift card may pay while the cloud cannot be asked; 50 units where nothing is said. */
  readonly offlineRedemptionMinor?: number | undefined;
}
