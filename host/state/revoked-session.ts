import { saleIsOpen, record, type Till } from "./till.ts";

/**
 * [C6] Ends the session of a person who may no longer sell, inside a transaction, once no sale is on the
 * counter: a customer's sale is finished by whoever began it. False when there is nothing to end.
 */
export function endRevokedSession(till: Till): boolean {
  if (!isRevokedAndFree(till)) return false;
  const personId = till.session?.personId ?? "";
  record(till, "person.signed-out", { personId, revoked: true });
  till.ledger.settings.remove("session");
  till.session = null;
  till.revision++;
  return true;
}

/** Asked before a transaction is opened for it. */
export function isRevokedAndFree(till: Till): boolean {
  if (till.session === null || saleIsOpen(till)) return false;
  return till.ledger.people.get(till.session.personId)?.active !== true;
}
