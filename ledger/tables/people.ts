import type { Database } from "better-sqlite3";

export interface Person {
  readonly personId: string;
  readonly name: string;
  readonly role: "cashier" | "manager";
  /** `scrypt$N$r$p$salt$key`; never a PIN. */
  readonly pinHash: string;
  readonly active: boolean;
  readonly wrongPins: number;
  readonly lockedUntilMs: number;
}

export interface PeopleTable {
  /** A changed PIN forgets the wrong tries of the old one. */
  upsert(person: Pick<Person, "personId" | "name" | "role" | "pinHash" | "active">): void;
  /** [D2] Whoever is not among these can no longer sign in; the name stays. */
  keepOnly(personIds: readonly string[]): void;
  get(personId: string): Person | null;
  active(): Person[];
  /** Wrong PINs in a row and until when the person must wait; kept over restarts. */
  setTries(personId: string, wrongPins: number, lockedUntilMs: number): void;
  /** Forgets what was read: after a transaction was taken back. */
  reload(): void;
}

interface PersonRow {
  person_id: string;
  name: string;
  role: "cashier" | "manager";
  pin_hash: string;
  active: number;
  wrong_pins: number;
  locked_until_ms: number;
}

export function createPeopleTable(db: Database): PeopleTable {
  const put = db.prepare<[string, string, string, string, number]>(
    `INSERT INTO person (person_id, name, role, pin_hash, active) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, role = excluded.role,
       pin_hash = excluded.pin_hash, active = excluded.active,
       wrong_pins = iif(pin_hash = excluded.pin_hash, wrong_pins, 0),
       locked_until_ms = iif(pin_hash = excluded.pin_hash, locked_until_ms, 0)`,
  );
  const one = db.prepare<[string], PersonRow>("SELECT * FROM person WHERE person_id = ?");
  const all = db.prepare<[], PersonRow>(
    "SELECT * FROM person WHERE active = 1 ORDER BY role, name",
  );
  const dismiss = db.prepare<[string]>(
    "UPDATE person SET active = 0 WHERE person_id NOT IN (SELECT value FROM json_each(?))",
  );
  const tries = db.prepare<[number, number, string]>(
    "UPDATE person SET wrong_pins = ?, locked_until_ms = ? WHERE person_id = ?",
  );

  /** Every command asks who is signed in; nobody else writes to this file. */
  const known = new Map<string, Person | null>();

  return {
    upsert(p) {
      known.clear();
      put.run(p.personId, p.name, p.role, p.pinHash, p.active ? 1 : 0);
    },
    keepOnly(personIds) {
      known.clear();
      dismiss.run(JSON.stringify(personIds));
    },
    get(personId) {
      const person = known.get(personId);
      if (person !== undefined) return person;
      const row = one.get(personId);
      const read = row === undefined ? null : personOf(row);
      known.set(personId, read);
      return read;
    },
    active: () => all.all().map(personOf),
    setTries(personId, wrongPins, lockedUntilMs) {
      known.clear();
      tries.run(wrongPins, lockedUntilMs, personId);
    },
    reload: () => known.clear(),
  };
}

function personOf(row: PersonRow): Person {
  return {
    personId: row.person_id,
    name: row.name,
    role: row.role,
    pinHash: row.pin_hash,
    active: row.active === 1,
    wrongPins: row.wrong_pins,
    lockedUntilMs: row.locked_until_ms,
  };
}
