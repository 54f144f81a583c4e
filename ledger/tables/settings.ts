import type { Database } from "better-sqlite3";

/** Small named values, JSON. Who this terminal is, who is signed in, what the store said of itself. */
export interface SettingsTable {
  get<T>(key: SettingKey): T | null;
  set(key: SettingKey, value: unknown): void;
  remove(key: SettingKey): void;
}

export type SettingKey = "terminal" | "store" | "session";

export function createSettingsTable(db: Database): SettingsTable {
  const select = db.prepare<[string], { value: string }>("SELECT value FROM setting WHERE key = ?");
  const put = db.prepare<[string, string]>(
    "INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const drop = db.prepare<[string]>("DELETE FROM setting WHERE key = ?");

  return {
    get<T>(key: SettingKey) {
      const row = select.get(key);
      return row === undefined ? null : (JSON.parse(row.value) as T);
    },
    set: (key, value) => void put.run(key, JSON.stringify(value)),
    remove: (key) => void drop.run(key),
  };
}
