import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";

/** Who may sign in here. Names only: hashes never leave the host. */
export const listPeople: Query<"people.list"> = (till) =>
  ok(till.ledger.people.active().map(({ personId, name, role }) => ({ personId, name, role })));
