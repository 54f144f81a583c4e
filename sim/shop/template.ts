import { scryptSync } from "node:crypto";
import { openLedger } from "../../ledger/ledger.ts";
import { openSqliteStore } from "../../cloud-infra/service/sqlite/sqlite-store.ts";
import type { StoreSettings, WirePerson } from "../../sync/protocol/wire.ts";
import type { Disk } from "../world/disk.ts";

/** Files that every seed begins with, made once: migrating costs more than a small shop's day. */
export interface Templates {
  readonly ledger: string;
  readonly cloud: string;
}

export const storeId = "0195d7a0-0000-7000-8000-000000000001";

const settings: StoreSettings = {
  storeId,
  storeName: "Simulated Market",
  addressLines: ["1 Seed Street"],
  receiptFooter: [],
  timeZone: "Europe/Berlin",
  pricing: {
    currency: "EUR",
    pricesIncludeTax: true,
    taxRatesPpm: { standard: 190_000, reduced: 70_000, zero: 0 },
    taxRounding: "line",
    rounding: "half-away",
  },
  weighedTemplates: [],
};

export const pin = "1111";

export const people: readonly WirePerson[] = (["Dana", "Amir", "Noa"] as const).map((name, i) => ({
  personId: `0195d7a0-0000-7000-8000-0000000000d${i + 1}`,
  name,
  role: name === "Noa" ? "manager" : "cashier",
  pinHash: cheapPinHash(),
  active: true,
}));

export async function makeTemplates(disk: Disk): Promise<Templates> {
  const ledger = disk.fresh("ledger-template");
  openLedger(ledger).close();
  const cloud = disk.fresh("cloud-template");
  const store = openSqliteStore(cloud);
  await store.createStore(settings, people);
  await store.close();
  return { ledger, cloud };
}

/** Nobody steals a simulated ledger: the least that scrypt can do. */
function cheapPinHash(): string {
  const salt = Buffer.from("simulated");
  const key = scryptSync(pin, salt, 32, { N: 2, r: 1, p: 1 });
  return `scrypt$2$1$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
}
