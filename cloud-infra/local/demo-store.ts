import type { StoreSettings, WirePerson } from "../../sync/protocol/wire.ts";
import { hashPin } from "./pin-hash.ts";

/** Who can sign in at the demo store. The only place where PINs stand in plain text. */
export const demoPeople = [
  {
    personId: "0195d7a0-0000-7000-8000-0000000000d1",
    name: "Dana",
    role: "cashier",
    pin: "1111",
  },
  {
    personId: "0195d7a0-0000-7000-8000-0000000000d2",
    name: "Amir",
    role: "cashier",
    pin: "2222",
  },
  {
    personId: "0195d7a0-0000-7000-8000-0000000000d3",
    name: "Noa",
    role: "manager",
    pin: "9999",
  },
] as const;

export interface StoreSeed {
  readonly settings: StoreSettings;
  readonly people: readonly WirePerson[];
}

/**
 * A small grocer's with usual settings, for the first start. PINs are hashed here, anew each time.
 */
export async function demoStore(): Promise<StoreSeed> {
  const people = demoPeople.map(async ({ pin, ...person }) => ({
    ...person,
    pinHash: await hashPin(pin),
    active: true,
  }));
  return { settings: demoSettings, people: await Promise.all(people) };
}

const demoSettings: StoreSettings = {
  storeId: "0195d7a0-0000-7000-8000-000000000001",
  storeName: "Corner Market",
  addressLines: ["12 Harbour Street", "20457 Hamburg"],
  receiptFooter: ["Thank you, see you soon!"],
  timeZone: "Europe/Berlin",
  pricing: {
    currency: "EUR",
    pricesIncludeTax: true,
    taxRatesPpm: { standard: 190_000, reduced: 70_000, zero: 0 },
    taxRounding: "line",
    rounding: "half-away",
  },
  // Five digits of the good's number, then its weight in grams, or its price.
  weighedTemplates: ["21PPPPPWWWWWC", "20PPPPPVVVVVC"],
};
