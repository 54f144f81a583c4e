import type { StoreSettings } from "../../domain/store/store-settings.ts";
import type { Settings } from "../../ledger/tables/settings.ts";

/** Who this terminal is. */
export type Terminal = Settings["terminal"];

/** Who is signed in. */
export type Session = Settings["session"];

/** What a till knows of its store before the first download: enough to show a screen, not to sell. */
export function unknownStore(storeId: string): StoreSettings {
  return {
    storeId,
    storeName: "Evertill",
    addressLines: [],
    receiptFooter: [],
    timeZone: "UTC",
    pricing: {
      currency: "EUR",
      pricesIncludeTax: true,
      taxRatesPpm: {},
      taxRounding: "line",
      rounding: "half-away",
    },
    weighedTemplates: [],
  };
}
