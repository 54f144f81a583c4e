import { failed, ok } from "../../domain/values/result.ts";
import type { Person } from "../../ledger/tables/people.ts";
import { pinMatches } from "../pin.ts";
import { record, signedIn, type Till } from "../state/till.ts";
import { registerView } from "../views/register-view.ts";
import { type Command, saleIsOpen } from "./command.ts";

const triesBeforeLockOut = 5;
/** Doubles with every further wrong PIN, up to a quarter of an hour. */
const firstLockOutMs = 30_000;
const longestLockOutMs = 900_000;

/** Signs a person in by PIN, offline; too many wrong ones and the person waits. */
export const signIn: Command<"session.sign-in"> = (till, { personId, pin }) => {
  const person = till.ledger.people.get(personId);
  if (person === null || !person.active) return failed({ type: "UnknownPerson" });
  const nowMs = till.world.clock.now();
  // A clock that was ahead and put right since locks nobody out for longer than the longest.
  const restMs = person.lockedUntilMs - nowMs;
  if (restMs > 0 && restMs <= longestLockOutMs) {
    return failed({ type: "LockedOut", untilMs: person.lockedUntilMs });
  }
  if (!pinMatches(pin, person.pinHash)) return refuse(till, person, nowMs);
  if (person.wrongPins > 0) till.ledger.people.setTries(personId, 0, 0);
  till.session = { personId, signedInAtMs: nowMs };
  till.ledger.settings.set("session", till.session);
  record(till, "person.signed-in", { personId });
  till.revision++;
  return ok(registerView(till));
};

/** The one failure that writes: a wrong PIN is a fact, and the count of them outlives a restart. */
function refuse(till: Till, person: Person, nowMs: number) {
  const wrongPins = person.wrongPins + 1;
  const over = wrongPins - triesBeforeLockOut;
  const lockedUntilMs =
    over < 0 ? 0 : nowMs + Math.min(longestLockOutMs, firstLockOutMs * 2 ** Math.min(over, 10));
  till.ledger.people.setTries(person.personId, wrongPins, lockedUntilMs);
  record(
    till,
    "person.sign-in-refused",
    { personId: person.personId, ...(lockedUntilMs === 0 ? {} : { lockedUntilMs }) },
    { actorId: person.personId },
  );
  if (lockedUntilMs > 0) return failed({ type: "LockedOut" as const, untilMs: lockedUntilMs });
  return failed({ type: "WrongPin" as const, triesLeft: -over });
}

/** Signs out; a sale on the counter is suspended or voided first, so that it has an owner. */
export const signOut: Command<"session.sign-out"> = (till) => {
  const person = signedIn(till);
  if (saleIsOpen(till)) return failed({ type: "SaleIsOpen" });
  if (person !== null) record(till, "person.signed-out", { personId: person.personId });
  till.ledger.settings.remove("session");
  till.session = null;
  till.lastSale = null;
  till.revision++;
  return ok(registerView(till));
};
