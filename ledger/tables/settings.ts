import type { Database } from "better-sqlite3";
import type { StoreSettings } from "../../domain/store/store-settings.ts";
import type { BusinessDate } from "../../domain/values/time.ts";
import { storedJson } from "../stored-json.ts";

/** Small named values, JSON. Who this terminal is, who is signed in, what the store said of itself. */
export interface SettingsTable {
  get<K extends SettingKey>(key: K): Settings[K] | null;
  set<K extends SettingKey>(key: K, value: Settings[K]): void;
  remove(key: SettingKey): void;
}

export interface Settings {
  /** Who this terminal is; written once, at enrolment. */
  terminal: { readonly terminalId: string; readonly storeId: string; readonly tillNumber: number };
  store: StoreSettings;
  /** Who is signed in; kept so that a restart in mid-sale does not ask for the PIN again. */
  session: { readonly personId: string; readonly signedInAtMs: number };
  /** [C3] The business date whose prices are the goods' prices. */
  "prices-of": BusinessDate;
  /** [R1] Numbers that an older copy of this ledger does not know that it gave. */
  "numbers-used": { readonly receipts: number; readonly zReports: number };
  /** [D2] All goods of the first snapshot are here: there is something to sell. */
  "goods-in": true;
}

export type SettingKey = keyof Settings;

export function createSettingsTable(db: Database): SettingsTable {
  const select = db.prepare<[string], { value: string }>("SELECT value FROM setting WHERE key = ?");
  const put = db.prepare<[string, string]>(
    "INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const drop = db.prepare<[string]>("DELETE FROM setting WHERE key = ?");

  return {
    get<K extends SettingKey>(key: K) {
      const row = select.get(key);
      return row === undefined ? null : (storedJson(row.value) as Settings[K]);
    },
    set: (key, value) => void put.run(key, JSON.stringify(value)),
    remove: (key) => void drop.run(key),
  };
}
